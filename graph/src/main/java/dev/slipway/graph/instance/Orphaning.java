package dev.slipway.graph.instance;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;

/// The wish that an instance goes and its resources stay: `kubectl delete --cascade=orphan`.
///
/// It is a finalizer until the garbage collector has let go of what it sees; the annotation keeps the wish after that.
public final class Orphaning {
    private static final String FINALIZER = "orphan";
    private static final String ANNOTATION = "slipway.dev/deletion";

    private Orphaning() {}

    /// Whether a resource is an instance that goes and leaves its resources behind.
    public static boolean isAsked(Resource resource) {
        return resource.terminating()
                && resource.finalizers().contains(Marks.FINALIZER)
                && (resource.finalizers().contains(FINALIZER) || isNoted(resource));
    }

    /// The same instance with the wish written down, where its finalizer no longer tells.
    public static Resource noted(Resource instance) {
        if (instance.finalizers().contains(FINALIZER)
                || !instance.finalizers().contains(Marks.FINALIZER)
                || isNoted(instance)) {
            return instance;
        }
        var copy = instance.copy();
        Json.child(Json.child(copy.tree(), "metadata"), "annotations").put(ANNOTATION, FINALIZER);
        return copy;
    }

    private static boolean isNoted(Resource resource) {
        return resource.annotation(ANNOTATION).filter(FINALIZER::equals).isPresent();
    }
}
