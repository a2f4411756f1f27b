package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import java.util.Map;

/// The rules of what an autoscaler measures.
final class AutoscalerRules {
    /// The member that describes a metric, by its type.
    private static final Map<String, String> SOURCES =
            Map.of(
                    "ContainerResource", "containerResource",
                    "External", "external",
                    "Object", "object",
                    "Pods", "pods",
                    "Resource", "resource");

    private AutoscalerRules() {}

    static void metric(Map<String, Object> metric, String path, Findings findings) {
        if (!(metric.get("type") instanceof String type)) {
            return;
        }
        findings.oneOf(path + ".type", type, SOURCES.keySet().stream().sorted().toList());
        var source = SOURCES.get(type);
        if (source == null) {
            return;
        }
        if (!(metric.get(source) instanceof Map<?, ?> described)) {
            findings.required(
                    path + "." + source, "must populate information for the given metric source");
            return;
        }
        target(type, Json.object(Json.cast(described), "target"), path + "." + source, findings);
    }

    private static void target(
            String type, Map<String, Object> target, String path, Findings findings) {
        if (type.equals("Pods") && target.get("averageValue") == null) {
            findings.required(
                    path + ".target.averageValue", "must specify a positive target averageValue");
        } else if (type.endsWith("Resource")
                && target.get("averageValue") == null
                && target.get("averageUtilization") == null) {
            findings.required(
                    path + ".target.averageUtilization",
                    "must set either a target raw value or a target utilization");
        }
    }
}
