package dev.slipway.graph.findings;

import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value that a definition does not state and that was filled in for its author, who is told.
///
/// @param path where the value stands, or would stand: `spec.resources[0].template.metadata.name`
/// @param value what it is taken to be
/// @param reason why, as a sentence without a full stop
public record Completion(String path, @Nullable Object value, String reason) {
    /// The sentence that `kubectl apply` prints.
    public String warning() {
        return "%s: completed as %s: %s".formatted(path, Json.text(value), reason);
    }

    /// The entry of `status.completions`.
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("path", path);
        tree.put("value", Json.text(value));
        tree.put("reason", reason);
        return tree;
    }
}
