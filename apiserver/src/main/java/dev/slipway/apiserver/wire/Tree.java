package dev.slipway.apiserver.wire;

import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes JSON objects with their keys in the order of writing.
public final class Tree {
    private Tree() {}

    /// An object of alternating keys and values; it may be changed.
    public static Map<String, Object> of(@Nullable Object... keysAndValues) {
        Map<String, Object> tree = LinkedHashMap.newLinkedHashMap(keysAndValues.length / 2 + 1);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Json.put(tree, String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return tree;
    }

    /// A copy in which the keys of all objects are in order, as clients find them in YAML.
    static Map<String, Object> sorted(Map<String, Object> tree) {
        Map<String, Object> sorted = new LinkedHashMap<>();
        new TreeMap<>(tree).forEach((key, value) -> Json.put(sorted, key, sortedValue(value)));
        return sorted;
    }

    private static @Nullable Object sortedValue(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> sorted(Json.cast(map));
            case List<?> list -> {
                var sorted = new ArrayList<@Nullable Object>(list.size());
                list.forEach(item -> sorted.add(sortedValue(item)));
                yield sorted;
            }
            case null, default -> value;
        };
    }
}
