package dev.slipway.cluster.simulation;

import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Objects of a tree, written down in one line and read in one.
public final class Tree {
    private Tree() {}

    /// An object of keys and values in turn, in their order.
    public static Map<String, Object> of(Object... keysAndValues) {
        var tree = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tree.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return tree;
    }

    /// The objects of a list; what is none is passed over.
    public static List<Map<String, Object>> objects(Map<String, Object> tree, String key) {
        return Json.list(tree, key).stream()
                .filter(Map.class::isInstance)
                .map(one -> Json.cast((Map<?, ?>) one))
                .toList();
    }

    /// The whole number at a key, or another where there is none.
    public static long number(Map<String, Object> tree, String key, long otherwise) {
        return tree.get(key) instanceof Long number ? number : otherwise;
    }

    /// Puts a number that is shown only where it is not nought, as the original leaves it out.
    public static void putUnlessZero(Map<String, Object> tree, String key, long number) {
        if (number != 0) {
            tree.put(key, number);
        }
    }
}
