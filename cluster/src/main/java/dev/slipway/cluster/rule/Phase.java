package dev.slipway.cluster.rule;

import dev.slipway.cluster.simulation.Pace;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.expression.library.Durations;
import dev.slipway.kernel.model.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A step in the life of an object, or what has become of one that goes wrong.
///
/// @param after how long the phase before takes: a duration, or the name of a step of the cluster's pace
/// @param status what is laid over the status
/// @param object what is laid over the object itself
/// @param creates further objects
record Phase(
        String name,
        String after,
        Map<String, Object> status,
        Map<String, Object> object,
        List<Map<String, Object>> creates) {
    static Phase of(Map<String, Object> tree) {
        return new Phase(
                Json.string(tree, "name"),
                Json.string(tree, "after"),
                Json.object(tree, "status"),
                Json.object(tree, "object"),
                Tree.objects(tree, "creates"));
    }

    Duration after(Pace pace) {
        return switch (after) {
            case "" -> Duration.ZERO;
            case "schedule" -> pace.schedule();
            case "start" -> pace.start();
            case "ready" -> pace.ready();
            case "run" -> pace.run();
            case "provision" -> pace.provision();
            default -> Durations.parse(after);
        };
    }
}
