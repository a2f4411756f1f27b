package dev.slipway.kernel.resources;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the server keeps in metadata from one revision to the next.
final class Metadata {
    static final String MODIFIED =
            "the object has been modified; please apply your changes to the latest version and try again";

    private static final List<String> KEPT =
            List.of(
                    "uid",
                    "creationTimestamp",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds",
                    "generation",
                    "resourceVersion");

    private Metadata() {}

    /// Puts back what a client may not change; mutates and returns `next`.
    static Resource restored(Resource live, Resource next) {
        var metadata = Json.child(next.tree(), "metadata");
        for (var key : KEPT) {
            if (live.metadata().containsKey(key)) {
                Json.put(metadata, key, live.metadata().get(key));
            } else {
                metadata.remove(key);
            }
        }
        for (var key : List.of("labels", "annotations", "finalizers", "ownerReferences")) {
            dropEmpty(metadata, key);
        }
        return next;
    }

    /// Counts a change outside metadata and status; mutates and returns `next`.
    static Resource counted(Resource live, Resource next, boolean counts, boolean status) {
        if (counts && !content(live, status).equals(content(next, status))) {
            Json.child(next.tree(), "metadata").put("generation", live.generation() + 1);
        }
        return next;
    }

    /// What stands in a terminating object's way: no finalizer may join.
    static List<FieldCause> immutable(Resource live, Resource next) {
        var joined = new ArrayList<>(next.finalizers());
        joined.removeAll(live.finalizers());
        return live.terminating() && !joined.isEmpty()
                ? List.of(
                        FieldCause.forbidden(
                                "metadata.finalizers",
                                "no new finalizers can be added if the object is being deleted, found new finalizers "
                                        + joined))
                : List.of();
    }

    /// Another object has taken the name since.
    static Problem otherUid(ResourceKey key, String asked, String actual) {
        return Problem.conflict(
                key,
                "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                        .formatted(asked, actual));
    }

    private static void dropEmpty(Map<String, Object> metadata, String key) {
        var value = metadata.get(key);
        if ((value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof List<?> list && list.isEmpty())) {
            metadata.remove(key);
        }
    }

    private static Map<String, Object> content(Resource object, boolean withoutStatus) {
        var content = new LinkedHashMap<>(object.tree());
        content.keySet().removeAll(List.of("apiVersion", "kind", "metadata"));
        if (withoutStatus) {
            content.remove("status");
        }
        return content;
    }
}
