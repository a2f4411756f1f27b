package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;

/// Holds a body against the endpoint that it was sent to.
final class Endpoint {
    private Endpoint() {}

    /// Refuses a body of another kind or version, or with a shape that cannot be read.
    static void check(Served served, Resource object) {
        var metadata = object.tree().get("metadata");
        if (metadata != null && !(metadata instanceof Map)) {
            throw Problem.badRequest(
                            "metadata: Invalid value: %s: must be an object"
                                    .formatted(Json.text(metadata)))
                    .exception();
        }
        var builtIn = served.kind().rules().builtIn();
        if (!object.apiVersion().equals(served.apiVersion())
                && !(builtIn && object.apiVersion().isEmpty())) {
            throw Problem.badRequest(
                            "the API version in the data (%s) does not match the expected API version (%s)"
                                    .formatted(object.apiVersion(), served.apiVersion()))
                    .exception();
        }
        if (object.kind().isEmpty() && !builtIn) {
            throw Problem.badRequest(
                            "Object 'Kind' is missing in '%s'".formatted(Json.text(object.tree())))
                    .exception();
        }
        var kinds =
                List.of(
                        served.names().kind(),
                        served.kind().names().kind(),
                        builtIn ? "" : served.names().kind());
        if (!kinds.contains(object.kind())) {
            throw Situation.invalid(
                            served,
                            object.name(),
                            List.of(
                                    FieldCause.invalid(
                                            "kind",
                                            object.kind(),
                                            "must be " + served.names().kind())))
                    .exception();
        }
    }

    /// Puts the object into the namespace of the request; mutates it.
    static void place(Served served, Resource object, String namespace) {
        var metadata = Json.child(object.tree(), "metadata");
        if (!served.kind().namespaced()) {
            metadata.remove("namespace");
        } else if (object.namespace().isEmpty()) {
            metadata.put("namespace", namespace);
        } else if (!object.namespace().equals(namespace)) {
            throw Problem.badRequest(
                            "the namespace of the provided object does not match the namespace sent on the request")
                    .exception();
        }
    }
}
