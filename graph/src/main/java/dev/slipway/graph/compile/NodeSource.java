package dev.slipway.graph.compile;

import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;

/// One entry of `spec.resources` as it was written.
///
/// @param position its index in the list
/// @param written the whole entry
/// @param template its template; empty where it has none
record NodeSource(
        int position, String id, Map<String, Object> written, Map<String, Object> template) {
    static NodeSource of(int position, Map<String, Object> written) {
        return new NodeSource(
                position, Json.string(written, "id"), written, Json.object(written, "template"));
    }

    /// Where it stands in the definition.
    String path() {
        return "spec.resources[" + position + "]";
    }

    String templatePath() {
        return path() + ".template";
    }

    /// The expressions that must all hold for the resource to be made.
    List<Object> includeWhen() {
        return Json.list(written, "includeWhen");
    }

    /// The expressions that must all hold for the resource to be ready.
    List<Object> readyWhen() {
        return Json.list(written, "readyWhen");
    }

    NodeSource with(Map<String, Object> other) {
        return new NodeSource(position, id, written, other);
    }
}
