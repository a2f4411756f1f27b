package dev.slipway.kernel.resources;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.Map;

/// What holds a resource that was marked for deletion.
final class Finalization {
    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";

    private Finalization() {}

    /// Whether a finalizer is left; a namespace keeps its own in `spec.finalizers`.
    static boolean held(Resource object) {
        var namespace = object.apiVersion().equals("v1") && object.kind().equals("Namespace");
        return !object.finalizers().isEmpty()
                || (namespace && !Json.list(object.spec(), "finalizers").isEmpty());
    }

    /// Sets the finalizer of a propagation and removes that of the other.
    static void choose(Map<String, Object> metadata, DeleteOptions.Propagation propagation) {
        var finalizers = new ArrayList<>(Json.list(metadata, "finalizers"));
        finalizers.remove(FOREGROUND);
        finalizers.remove(ORPHAN);
        switch (propagation) {
            case BACKGROUND -> {}
            case FOREGROUND -> finalizers.add(FOREGROUND);
            case ORPHAN -> finalizers.add(ORPHAN);
        }
        if (finalizers.isEmpty()) {
            metadata.remove("finalizers");
        } else {
            metadata.put("finalizers", finalizers);
        }
    }
}
