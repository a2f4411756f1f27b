package dev.slipway.apiserver.openapi;

import dev.slipway.apiserver.wire.Tree;
import java.util.List;
import java.util.Map;

/// What can be read of every object beyond what Kubernetes knows: its history, reasons and relations.
///
/// These paths are told here alone. Discovery lists of a kind what its definition says, and clients rely on that.
final class OwnReads {
    private OwnReads() {}

    /// @param object the path of an object, ending in a slash
    /// @param place the parameters of that path
    static void put(Map<String, Object> paths, String object, List<Object> place) {
        paths.put(
                object + "revisions",
                read("What happened to the object, the newest first.", Parameters.PAGE, place));
        paths.put(
                object + "why",
                read("Which write made a value what it is.", Parameters.WHY, place));
        paths.put(
                object + "relations",
                read("What the object belongs to and refers to.", List.of(), place));
    }

    private static Map<String, Object> read(
            String description, List<Object> parameters, List<Object> place) {
        var ok =
                Tree.of(
                        "description",
                        "OK",
                        "content",
                        Tree.of("application/json", Tree.of("schema", Tree.of("type", "object"))));
        return Tree.of(
                "get",
                Tree.of(
                        "description",
                        description,
                        "parameters",
                        parameters,
                        "responses",
                        Tree.of("200", ok)),
                "parameters",
                place);
    }
}
