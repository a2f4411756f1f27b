package dev.slipway.cluster.network;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Conditions;
import dev.slipway.cluster.simulation.Player;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.cluster.workload.Made;
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
            stage.status(scaler, status(stage, scaler, 0, 0));
            return;
        }
        var wanted = Math.clamp(asked(scaler), least(scaler), most(scaler));
        if (wanted != now) {
            stage.merge(target.get(), Tree.of("spec", Tree.of("replicas", wanted)));
        }
        stage.status(scaler, status(stage, scaler, now, wanted));
    }

    private static Optional<Resource> target(Stage stage, Resource scaler) {
        var reference = Json.object(scaler.spec(), "scaleTargetRef");
        return stage.kind(new Resource(reference))
                .flatMap(kind ->
                        stage.find(kind, scaler.namespace(), Json.string(reference, "name")));
    }

    private static long least(Resource scaler) {
        return Tree.number(scaler.spec(), "minReplicas", 1);
    }

    private static long most(Resource scaler) {
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

    private static long asked(Resource scaler) {
        return Math.ceilDiv(load(scaler), aim(scaler));
    }

    private static Map<String, Object> lost(Stage stage, Resource scaler) {
        var status = Made.status(scaler);
        var conditions = new Conditions(scaler.status(), stage.time());
        conditions.set(
                "AbleToScale",
                "False",
                "FailedGetScale",
                "the HPA controller was unable to get the target's current scale: there is no such object");
        status.put("currentReplicas", 0L);
        status.put("desiredReplicas", 0L);
        status.put("conditions", conditions.list());
        return status;
    }

    private static Map<String, Object> status(Stage stage, Resource scaler, long now, long wanted) {
        var status = Made.status(scaler);
        var conditions = new Conditions(scaler.status(), stage.time());
        status.put("currentReplicas", now);
        status.put("desiredReplicas", wanted);
        if (now == 0) {
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
        status.put("currentMetrics", List.of(metric(scaler, now)));
        if (wanted == now) {
            conditions.set(
                    "AbleToScale",
                    "True",
                    "ReadyForNewScale",
                    "recommended size matches current size");
        } else {
            status.put("lastScaleTime", stage.time());
            conditions.set(
                    "AbleToScale",
                    "True",
                    "SucceededRescale",
                    "the HPA controller was able to update the target scale to " + wanted);
        }
        conditions.set(
                "ScalingActive",
                "True",
                "ValidMetricFound",
                "the HPA was able to successfully calculate a replica count from cpu resource utilization (simulated)");
        limited(scaler, conditions);
        status.put("conditions", conditions.list());
        return status;
    }

    private static void limited(Resource scaler, Conditions conditions) {
        if (asked(scaler) > most(scaler)) {
            conditions.set(
                    "ScalingLimited",
                    "True",
                    "TooManyReplicas",
                    "the desired replica count is more than the maximum replica count");
        } else if (asked(scaler) < least(scaler)) {
            conditions.set(
                    "ScalingLimited",
                    "True",
                    "TooFewReplicas",
                    "the desired replica count is less than the minimum replica count");
        } else {
            conditions.set(
                    "ScalingLimited",
                    "False",
                    "DesiredWithinRange",
                    "the desired count is within the acceptable range");
        }
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
