package dev.slipway.cluster.simulation;

import dev.slipway.expression.library.Durations;
import dev.slipway.kernel.model.Json;
import java.time.Duration;
import java.util.Map;

/// How long the steps of what is played take.
///
/// @param schedule until a pod has a node
/// @param start from there until its containers run
/// @param ready from there until they are ready
/// @param run how long a container runs that is to end, well or badly
/// @param backOff how long a container waits before its second restart; doubled each time, up to five minutes
/// @param provision how long an address or a volume takes
public record Pace(
        Duration schedule,
        Duration start,
        Duration ready,
        Duration run,
        Duration backOff,
        Duration provision) {
    /// About a second from a pod's creation to its readiness.
    public static final Pace QUICK =
            new Pace(
                    Duration.ZERO,
                    Duration.ofMillis(700),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(500));

    /// The longest that a container waits before a restart.
    public static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

    private static final int MOST_DOUBLINGS = 20;

    /// Reads `spec.simulation.pace`; what it leaves out is [#QUICK]. Throws IllegalArgumentException at what is no time.
    static Pace of(Map<String, Object> tree) {
        return new Pace(
                duration(tree, "schedule", QUICK.schedule),
                duration(tree, "start", QUICK.start),
                duration(tree, "ready", QUICK.ready),
                duration(tree, "run", QUICK.run),
                duration(tree, "backOff", QUICK.backOff),
                duration(tree, "provision", QUICK.provision));
    }

    /// How long a container waits that was restarted so often.
    public Duration backOff(long restarts) {
        var doublings = Math.clamp(restarts - 1, 0, MOST_DOUBLINGS);
        var doubled = backOff.multipliedBy(1L << doublings);
        return doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
    }

    private static Duration duration(Map<String, Object> tree, String key, Duration otherwise) {
        var text = Json.string(tree, key);
        return text.isEmpty() ? otherwise : Durations.parse(text);
    }
}
