package dev.slipway.apiserver.wire;

import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;
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
}
