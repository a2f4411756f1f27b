package dev.slipway.apiserver.fuzz;

import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one manager who applies owns of an object, each field as the path of what `FieldsV1` calls it.
record Ownership(Set<List<String>> fields) {
    private static final String ITSELF = ".";

    static Ownership of(Map<String, Object> object, String manager) {
        Set<List<String>> fields = new LinkedHashSet<>();
        if (Json.at(object, "metadata", "managedFields") instanceof List<?> entries) {
            for (var entry : entries) {
                if (entry instanceof Map<?, ?> map
                        && manager.equals(map.get("manager"))
                        && "Apply".equals(map.get("operation"))) {
                    collect(map.get("fieldsV1"), List.of(), fields);
                }
            }
        }
        return new Ownership(fields);
    }

    private static void collect(Object tree, List<String> path, Set<List<String>> fields) {
        if (!(tree instanceof Map<?, ?> map) || map.isEmpty()) {
            fields.add(path);
            return;
        }
        for (var entry : map.entrySet()) {
            if (ITSELF.equals(entry.getKey())) {
                fields.add(path);
            } else {
                var longer = new ArrayList<>(path);
                longer.add(String.valueOf(entry.getKey()));
                collect(entry.getValue(), longer, fields);
            }
        }
    }

    /// Fields of this one that the other one does not have.
    Set<List<String>> without(Ownership other) {
        var left = new LinkedHashSet<>(fields);
        left.removeAll(other.fields);
        return left;
    }

    /// Whether a field is one of these, lies in one of them, or has one of them in it.
    boolean touches(List<String> field) {
        return fields.stream()
                .anyMatch(one -> {
                    int shared = Math.min(one.size(), field.size());
                    return one.subList(0, shared).equals(field.subList(0, shared));
                });
    }
}
