package dev.slipway.cluster.rule;

import dev.slipway.cluster.simulation.Conditions;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// One tree laid over another: objects are merged, null takes away, and conditions keep their times and their neighbours.
record Overlay(String now) {
    Map<String, Object> over(Map<String, Object> base, Map<String, Object> top) {
        Map<String, Object> merged = new LinkedHashMap<>(base);
        top.forEach((key, value) -> {
            if (value == null) {
                merged.remove(key);
            } else if (key.equals("conditions")) {
                merged.put(key, conditions(base, top).list());
            } else if (value instanceof Map<?, ?> map) {
                merged.put(key, over(Json.object(base, key), Json.cast(map)));
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }

    private Conditions conditions(Map<String, Object> base, Map<String, Object> top) {
        var conditions = new Conditions(base, now);
        for (var one : Tree.objects(top, "conditions")) {
            conditions.set(
                    Json.string(one, "type"),
                    String.valueOf(Objects.requireNonNullElse(one.get("status"), "Unknown")),
                    Json.string(one, "reason"),
                    Json.string(one, "message"));
        }
        return conditions;
    }
}
