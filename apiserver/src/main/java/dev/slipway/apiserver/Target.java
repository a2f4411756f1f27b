package dev.slipway.apiserver;

import dev.slipway.client.web.WebRequest;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ResourceKey;

/// A request with the kind that it is about.
record Target(WebRequest request, RequestPath path, Served served) {
    String namespace() {
        return path.namespace();
    }

    String name() {
        return path.name();
    }

    String subresource() {
        return path.subresource();
    }

    /// The key of the object that the path names.
    ResourceKey key() {
        return served.kind().key().resource(namespace(), name());
    }

    /// The problem of an object that is not there.
    Problem notFound() {
        return Problem.notFound(key());
    }
}
