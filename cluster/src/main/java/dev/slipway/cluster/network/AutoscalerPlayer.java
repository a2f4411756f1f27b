package dev.slipway.cluster.network;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Conditions;
import dev.slipway.cluster.simulation.Player;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.cluster.workload.Made;
import dev.slipway.cluster.workload.Telling;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plays autoscalers: as many pods as a load wants that is written on the autoscaler, within its bounds.
public final class AutoscalerPlayer implements Player {
    /// The whole load, in hundredths of what one pod asks for; 0 unless said otherwise.
    static final String LOAD = "slipway.dev/simulated-load";

    private static final long USUAL_TARGET = 80;

    /// How far the load may be from what is aimed at before anything is done, as a share of it.
    private static final double TOLERANCE = 0.1;

    private final Recommendations memory = new Recommendations();

    @Override
    public KindKey kind() {
        return ClusterKinds.AUTOSCALERS;
    }

    @Override
    public void play(Stage stage, Resource scaler) {
        var target = target(stage, scaler);
        if (target.isEmpty()) {
            stage.status(scaler, lost(stage, scaler));
            return;
        }
        var now = Tree.number(target.get().spec(), "replicas", 1);
        if (now == 0) {
            stage.status(scaler, disabled(stage, scaler));
            return;
        }
        var decision = Decision.of(stage, memory, scaler, now, asked(scaler, now));
        if (decision.pods() != now) {
            stage.merge(target.get(), Tree.of("spec", Tree.of("replicas", decision.pods())));
            memory.changed(scaler.uid(), decision.pods() - now, stage.now());
            new Telling(stage, scaler).normal("SuccessfulRescale", rescaled(scaler, now, decision));
        }
        stage.status(scaler, status(stage, scaler, now, decision));
    }

    private static String rescaled(Resource scaler, long now, Decision decision) {
        var why =
                now > most(scaler)
                        ? "Current number of replicas above Spec.MaxReplicas"
                        : now < least(scaler)
                                ? "Current number of replicas below Spec.MinReplicas"
                                : decision.pods() > now
                                        ? "cpu resource utilization (percentage of request) above target"
                                        : "All metrics below target";
        return "New size: %d; reason: %s".formatted(decision.pods(), why);
    }

    private static Optional<Resource> target(Stage stage, Resource scaler) {
        var reference = Json.object(scaler.spec(), "scaleTargetRef");
        return stage.kind(new Resource(reference))
                .flatMap(kind ->
                        stage.find(kind, scaler.namespace(), Json.string(reference, "name")));
    }

    static long least(Resource scaler) {
        return Tree.number(scaler.spec(), "minReplicas", 1);
    }

    static long most(Resource scaler) {
        return Math.max(least(scaler), Tree.number(scaler.spec(), "maxReplicas", 1));
    }

    private static long load(Resource scaler) {
        return scaler.annotation(LOAD)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    /// How much of what a pod asks for it is to use.
    private static long aim(Resource scaler) {
        return Tree.objects(scaler.spec(), "metrics").stream()
                .map(metric -> Json.at(metric, "resource", "target", "averageUtilization"))
                .filter(Long.class::isInstance)
                .map(Long.class::cast)
                .filter(number -> number > 0)
                .findFirst()
                .orElse(USUAL_TARGET);
    }

    /// How many pods the load asks for; those that there are, where it is nearly what is aimed at.
    private static long asked(Resource scaler, long now) {
        var ratio = (double) load(scaler) / (now * aim(scaler));
        return Math.abs(1 - ratio) <= TOLERANCE ? now : Math.ceilDiv(load(scaler), aim(scaler));
    }

    private static Map<String, Object> lost(Stage stage, Resource scaler) {
        var why = missing(stage, scaler);
        new Telling(stage, scaler).failed("FailedGetScale", why);
        var status = observed(scaler);
        var conditions = new Conditions(scaler.status(), stage.time());
        conditions.set(
                "AbleToScale",
                "False",
                "FailedGetScale",
                "the HPA controller was unable to get the target's current scale: " + why);
        status.put("currentReplicas", 0L);
        status.put("desiredReplicas", 0L);
        status.put("conditions", conditions.list());
        return status;
    }

    private static String missing(Stage stage, Resource scaler) {
        var reference = Json.object(scaler.spec(), "scaleTargetRef");
        return stage.kind(new Resource(reference))
                .map(kind ->
                        "%s \"%s\" not found"
                                .formatted(kind.groupResource(), Json.string(reference, "name")))
                .orElseGet(() ->
                        "no matches for kind \"%s\" in group \"%s\""
                                .formatted(
                                        Json.string(reference, "kind"),
                                        new Resource(reference).group()));
    }

    private static Map<String, Object> observed(Resource scaler) {
        var status = Made.status(scaler);
        if (scaler.generation() > 0) {
            status.put("observedGeneration", scaler.generation());
        }
        return status;
    }

    /// Of one whose target was given no pods by hand.
    private static Map<String, Object> disabled(Stage stage, Resource scaler) {
        var status = observed(scaler);
        var conditions = new Conditions(scaler.status(), stage.time());
        status.put("currentReplicas", 0L);
        status.put("desiredReplicas", 0L);
        conditions.set(
                "AbleToScale",
                "True",
                "SucceededGetScale",
                "the HPA controller was able to get the target's current scale");
        conditions.set(
                "ScalingActive",
                "False",
                "ScalingDisabled",
                "scaling is disabled since the replica count of the target is zero");
        status.put("conditions", conditions.list());
        return status;
    }

    private static Map<String, Object> status(
            Stage stage, Resource scaler, long now, Decision decision) {
        var status = observed(scaler);
        var conditions = new Conditions(scaler.status(), stage.time());
        status.put("currentReplicas", now);
        status.put("desiredReplicas", decision.pods());
        status.put("currentMetrics", List.of(metric(scaler, now)));
        if (decision.pods() != now) {
            status.put("lastScaleTime", stage.time());
        }
        conditions.set(
                "ScalingActive",
                "True",
                "ValidMetricFound",
                "the HPA was able to successfully calculate a replica count from cpu resource utilization (simulated)");
        decision.tell(conditions, now);
        status.put("conditions", conditions.list());
        return status;
    }

    private static Map<String, Object> metric(Resource scaler, long pods) {
        var each = load(scaler) / pods;
        return Tree.of(
                "type",
                "Resource",
                "resource",
                Tree.of(
                        "name",
                        "cpu",
                        "current",
                        Tree.of("averageUtilization", each, "averageValue", each + "m")));
    }
}
