package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Precondition;
import dev.slipway.kernel.store.State;
import java.util.List;
import java.util.Optional;

/// What one attempt of a write sees: one state, one set of kinds.
///
/// @param reliance the CRD that the kind was read from, if it was
record Situation(State state, Kinds kinds, Served served, Optional<Precondition> reliance) {
    static final String NOT_SERVED = "the server could not find the requested resource";

    private static final KindKey NAMESPACES = KindKey.of("", "namespaces");

    /// The live object in the version and under the names of the request.
    Optional<Resource> live(ResourceKey key) {
        return state.get(key).map(stored -> Conversion.served(served, stored.resource()));
    }

    /// The live object, or a `NOT_FOUND`.
    Resource required(ResourceKey key) {
        return live(key).orElseThrow(() -> Problem.notFound(key).exception());
    }

    /// The namespace that a new object goes into: it must exist and not be on its way out.
    Precondition namespace(ResourceKey key) {
        var namespace =
                state.get(NAMESPACES.resource("", key.namespace()))
                        .orElseThrow(() ->
                                Problem.notFound(NAMESPACES.resource("", key.namespace()))
                                        .exception());
        if (namespace.resource().terminating()) {
            throw leaving(key).exception();
        }
        return new Precondition(namespace.key(), namespace.revision());
    }

    private static Problem leaving(ResourceKey key) {
        var problem =
                Problem.forbidden(
                        key,
                        "unable to create new content in namespace %s because it is being terminated"
                                .formatted(key.namespace()));
        var cause =
                new FieldCause(
                        "NamespaceTerminating",
                        "metadata.namespace",
                        "namespace %s is being terminated".formatted(key.namespace()));
        return new Problem(
                problem.reason(),
                problem.message(),
                problem.subject(),
                List.of(cause),
                problem.retryAfterSeconds());
    }

    static Problem invalid(Served served, String name, List<FieldCause> causes) {
        return Problem.invalid(served.group(), served.names().kind(), name, causes);
    }
}
