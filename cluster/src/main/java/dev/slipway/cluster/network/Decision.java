package dev.slipway.cluster.network;

import dev.slipway.cluster.simulation.Conditions;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.kernel.model.Resource;
import java.time.Duration;
import java.util.stream.Stream;

/// How many pods an autoscaler gives its target now, and why not those that its load asks for.
///
/// @param able why it waits, or that it does not
/// @param limited what bounds it, or that nothing does
record Decision(long pods, Said able, Said limited) {
    /// A condition's reason and its message.
    record Said(String reason, String message) {}

    private static final Said READY =
            new Said("ReadyForNewScale", "recommended size matches current size");
    private static final Said FREE =
            new Said("DesiredWithinRange", "the desired count is within the acceptable range");

    /// @param now how many pods the target wants
    /// @param asked how many the load asks for
    static Decision of(Stage stage, Recommendations memory, Resource scaler, long now, long asked) {
        var steady = steady(stage, memory, scaler, now, asked);
        var able = READY;
        if (steady < asked) {
            able =
                    new Said(
                            "ScaleUpStabilized",
                            "recent recommendations were lower than current one, applying the lowest recent recommendation");
        } else if (steady > asked) {
            able =
                    new Said(
                            "ScaleDownStabilized",
                            "recent recommendations were higher than current one, applying the highest recent recommendation");
        }
        return bounded(stage, memory, scaler, now, steady, able);
    }

    /// What is asked for, waited with as long as the windows say.
    private static long steady(
            Stage stage, Recommendations memory, Resource scaler, long now, long asked) {
        var uid = scaler.uid();
        memory.recommend(uid, now, asked, stage.now());
        var up = Behavior.of(scaler, true).window();
        var down = Behavior.of(scaler, false).window();
        var lowest = Math.min(asked, memory.lowest(uid, up, stage.now(), asked));
        var highest = Math.max(asked, memory.highest(uid, down, stage.now(), asked));
        var steady = now < lowest ? lowest : Math.min(now, highest);
        if (steady != asked) {
            Stream.of(up, down)
                    .flatMap(window -> memory.untilNext(uid, window, stage.now()).stream())
                    .min(Duration::compareTo)
                    .ifPresent(stage::wakeAfter);
        }
        return steady;
    }

    private static Decision bounded(
            Stage stage,
            Recommendations memory,
            Resource scaler,
            long now,
            long wanted,
            Said able) {
        var least = AutoscalerPlayer.least(scaler);
        var most = AutoscalerPlayer.most(scaler);
        var up = limit(stage, memory, scaler, now, true);
        var down = limit(stage, memory, scaler, now, false);
        if (wanted > now && wanted > Math.min(up, most)) {
            return most <= up
                    ? new Decision(most, able, tooMany())
                    : slow(stage, Math.max(now, up), able, "ScaleUpLimit", "increasing");
        }
        if (wanted < now && wanted < Math.max(down, least)) {
            return least >= down
                    ? new Decision(least, able, tooFew())
                    : slow(stage, Math.min(now, down), able, "ScaleDownLimit", "decreasing");
        }
        if (wanted > most || wanted < least) {
            return new Decision(
                    Math.clamp(wanted, least, most), able, wanted > most ? tooMany() : tooFew());
        }
        return new Decision(wanted, able, FREE);
    }

    private static Said tooMany() {
        return new Said(
                "TooManyReplicas",
                "the desired replica count is more than the maximum replica count");
    }

    private static Said tooFew() {
        return new Said(
                "TooFewReplicas",
                "the desired replica count is less than the minimum replica count");
    }

    private static long limit(
            Stage stage, Recommendations memory, Resource scaler, long now, boolean up) {
        return Behavior.of(scaler, up)
                .limit(
                        now,
                        policy ->
                                memory.moved(
                                        scaler.uid(), up, Behavior.period(policy), stage.now()));
    }

    /// Going on as soon as the next look of the original would be.
    private static Decision slow(Stage stage, long pods, Said able, String reason, String way) {
        stage.wakeAfter(LOOK);
        var message =
                "the desired replica count is %s faster than the maximum scale rate".formatted(way);
        return new Decision(pods, able, new Said(reason, message));
    }

    private static final Duration LOOK = Duration.ofSeconds(15);

    /// Tells it in a status.
    void tell(Conditions conditions, long now) {
        if (pods == now) {
            conditions.set("AbleToScale", "True", able.reason(), able.message());
        } else {
            conditions.set(
                    "AbleToScale",
                    "True",
                    "SucceededRescale",
                    "the HPA controller was able to update the target scale to " + pods);
        }
        var bound = limited.equals(FREE) ? "False" : "True";
        conditions.set("ScalingLimited", bound, limited.reason(), limited.message());
    }
}
