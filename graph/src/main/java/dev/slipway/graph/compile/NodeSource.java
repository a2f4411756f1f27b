package dev.slipway.graph.compile;

import java.util.Map;

/// One entry of `spec.resources` as it was written.
///
/// @param position its index in the list
/// @param template its template; empty where it has none
record NodeSource(int position, String id, Map<String, Object> template) {
    /// Where it stands in the definition.
    String path() {
        return "spec.resources[" + position + "]";
    }

    String templatePath() {
        return path() + ".template";
    }

    NodeSource with(Map<String, Object> other) {
        return new NodeSource(position, id, other);
    }
}
