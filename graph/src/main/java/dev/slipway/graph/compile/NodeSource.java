package dev.slipway.graph.compile;

import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;

/// One entry of `spec.resources` as it was written.
///
/// @param position its index in the list
/// @param written the whole entry
/// @param body its `template`, `patch` or `externalRef`; empty where it has none
record NodeSource(int position, String id, Map<String, Object> written, Map<String, Object> body) {
    private static final String TEMPLATE = "template";
    private static final String PATCH = "patch";
    private static final String REFERENCE = "externalRef";

    /// What a resource may be written as, in the order in which they count.
    private static final List<String> BODIES = List.of(TEMPLATE, PATCH, REFERENCE);

    static NodeSource of(int position, Map<String, Object> written) {
        return new NodeSource(
                position,
                Json.string(written, "id"),
                written,
                Json.object(written, field(written)));
    }

    private static String field(Map<String, Object> written) {
        return BODIES.stream().filter(written::containsKey).findFirst().orElse(TEMPLATE);
    }

    /// Where it stands in the definition.
    String path() {
        return "spec.resources[" + position + "]";
    }

    String bodyPath() {
        return path() + "." + field(written);
    }

    /// Whether it names a resource that others made.
    boolean isReference() {
        return field(written).equals(REFERENCE);
    }

    /// Whether it is some fields of a resource that others made.
    boolean isPatch() {
        return field(written).equals(PATCH);
    }

    /// Whether it has a body of some kind.
    boolean hasBody() {
        return BODIES.stream().anyMatch(written::containsKey);
    }

    /// Whether it names resources by their labels.
    boolean isSelection() {
        return isReference() && Json.object(body, "metadata").containsKey("selector");
    }

    /// Whether it has bodies of several kinds.
    boolean isAmbiguous() {
        return BODIES.stream().filter(written::containsKey).count() > 1;
    }

    /// Whether expressions see a list where they name it.
    boolean isList() {
        return isSelection() || written.containsKey("forEach");
    }

    /// The expressions that must all hold for the resource to be made.
    List<Object> includeWhen() {
        return Json.list(written, "includeWhen");
    }

    /// The expressions that must all hold for the resource to be ready.
    List<Object> readyWhen() {
        return Json.list(written, "readyWhen");
    }

    /// What the template is made for each of: maps with one entry, iterator to list.
    List<Object> forEach() {
        return Json.list(written, "forEach");
    }

    /// The ids of nodes that come first although nothing of them is read.
    List<Object> dependsOn() {
        return Json.list(written, "dependsOn");
    }

    NodeSource with(Map<String, Object> other) {
        return new NodeSource(position, id, written, other);
    }
}
