package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON merge patches (RFC 7386): objects merge, null deletes, all else replaces.
public final class MergePatch {
    private MergePatch() {}

    /// The object with the patch in it.
    public static Map<String, Object> apply(
            Map<String, Object> original, Map<String, Object> patch) {
        Map<String, Object> merged = new LinkedHashMap<>(original);
        patch.forEach((key, value) -> {
            if (value == null) {
                merged.remove(key);
            } else {
                Json.put(merged, key, merge(original.get(key), value));
            }
        });
        return merged;
    }

    private static Object merge(@Nullable Object original, Object patch) {
        if (!(patch instanceof Map<?, ?> fields)) {
            return patch;
        }
        var target = original instanceof Map<?, ?> map ? Json.cast(map) : Map.<String, Object>of();
        return apply(target, Json.cast(fields));
    }
}
