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

    /// Whether a finalizer is one of the garbage collector's own.
    static boolean isStandard(String finalizer) {
        return finalizer.equals(FOREGROUND) || finalizer.equals(ORPHAN);
    }

    /// Whether a finalizer is left; a namespace keeps its own in `spec.finalizers`.
    static boolean held(Resource object) {
        return !object.finalizers().isEmpty()
                || (isNamespace(object) && !Json.list(object.spec(), "finalizers").isEmpty());
    }

    static boolean isNamespace(Resource object) {
        return object.apiVersion().equals("v1") && object.kind().equals("Namespace");
    }

    /// Sets the finalizer of a propagation and removes that of the other.
    static void choose(Map<String, Object> metadata, DeleteOptions.Propagation propagation) {
        if (propagation == DeleteOptions.Propagation.AS_MARKED) {
            return;
        }
        var finalizers = new ArrayList<>(Json.list(metadata, "finalizers"));
        finalizers.remove(FOREGROUND);
        finalizers.remove(ORPHAN);
        switch (propagation) {
            case AS_MARKED, BACKGROUND -> {}
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
