package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.StructDecoding;
import dev.slipway.kernel.schema.Structs;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        if (served.kind().rules().builtIn()) {
            builtIn(served, object);
        } else {
            custom(served, object);
        }
    }

    /// A built-in kind's endpoint says what the object is, unless that does.
    private static void builtIn(Served served, Resource object) {
        if (!object.apiVersion().isEmpty() && !object.apiVersion().equals(served.apiVersion())) {
            throw otherVersion(served, object);
        }
        if (!object.kind().isEmpty() && !served.kind().isCalled(object.kind())) {
            var version = served.version().name();
            var kind = served.names().kind();
            throw Problem.badRequest(
                            "%s in version \"%s\" cannot be handled as a %s: converting (%s.%s) to (%s.%s): unknown conversion"
                                    .formatted(
                                            object.kind(),
                                            version,
                                            kind,
                                            version,
                                            object.kind(),
                                            internal(served),
                                            kind))
                    .exception();
        }
    }

    /// What Go's package of the group is called.
    private static String internal(Served served) {
        var group = served.kind().group();
        return group.isEmpty() ? "core" : group.replaceFirst("\\..*", "");
    }

    private static void custom(Served served, Resource object) {
        if (!object.apiVersion().equals(served.apiVersion())) {
            throw otherVersion(served, object);
        }
        if (!served.names().kind().equals(object.kind())
                && !served.kind().names().kind().equals(object.kind())) {
            throw otherwise(
                    object,
                    FieldCause.invalid("kind", object.kind(), "must be " + served.names().kind()));
        }
    }

    private static RuntimeException otherVersion(Served served, Resource object) {
        return Problem.badRequest(
                        "the API version in the data (%s) does not match the expected API version (%s)"
                                .formatted(object.apiVersion(), served.apiVersion()))
                .exception();
    }

    /// Refuses what a patch made to be of another version.
    static void checkPatched(Served served, Resource object) {
        if (!object.apiVersion().equals(served.apiVersion()) && !served.kind().rules().builtIn()) {
            throw otherwise(
                    object,
                    FieldCause.invalid(
                            "apiVersion", object.apiVersion(), "must be " + served.apiVersion()));
        }
    }

    private static RuntimeException otherwise(Resource object, FieldCause cause) {
        return Problem.invalid(object.group(), object.kind(), object.name(), List.of(cause))
                .exception();
    }

    /// Refuses a configuration of another kind or version: an apply says exactly what it applies.
    static void checkApplied(Served served, Resource object) {
        if (object.apiVersion().equals(served.apiVersion())
                && served.kind().isCalled(object.kind())) {
            return;
        }
        var version = object.apiVersion().contains("/") ? "" : "/";
        throw Problem.badRequest(
                        "invalid object type: %s%s, Kind=%s"
                                .formatted(version, object.apiVersion(), object.kind()))
                .exception();
    }

    /// Reads the object as what its kind is made of; of other than built-in kinds only the metadata. Mutates it.
    static void read(Served served, Resource object, Unreadable unreadable) {
        try {
            struct(served)
                    .ifPresentOrElse(
                            struct -> StructDecoding.decode(object.tree(), struct),
                            () -> StructDecoding.metadata(Json.child(object.tree(), "metadata")));
        } catch (MalformedException e) {
            throw unreadable.because(String.valueOf(e.getMessage())).exception();
        }
    }

    /// The struct that a built-in kind is.
    static Optional<String> struct(Served served) {
        return served.kind().rules().builtIn()
                ? Structs.load().ofKind(served.apiVersion(), served.names().kind())
                : Optional.empty();
    }

    /// What an object of a kind is before anything is set in it.
    static Map<String, Object> zero(Served served) {
        return struct(served).map(Structs.load()::zero).orElse(Map.of());
    }

    /// The status of an object that nobody has played yet: of a built-in kind, what is always written of it.
    static Optional<Map<String, Object>> unplayed(Served served) {
        return served.version().status() && zero(served).get("status") instanceof Map<?, ?> status
                ? Optional.of(Json.copy(Json.cast(status)))
                : Optional.empty();
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
