package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ResourceKey;
import java.util.LinkedHashMap;

/// What can be told of a resource whose content is sealed or gone: its names, as a body like any other.
final class Remains {
    /// The annotation that says when the content of a resource was destroyed.
    static final String DESTROYED = "slipway.dev/content-destroyed-at";

    /// The annotation that says that the content of a resource cannot be read, and what to do.
    static final String UNREADABLE = "slipway.dev/content-unreadable";

    private static final String WHAT_TO_DO =
            "its data key is missing or damaged: restore a backup, or write it anew";

    private Remains() {}

    static byte[] of(StoredObject object, String uid) {
        return of(object.key(), object.field("apiVersion"), object.field("kind"), uid);
    }

    /// What a deletion left, with an annotation that says when that was.
    static byte[] marked(Revision deletion) {
        var tree = Json.readObject(deletion.body());
        var annotations = Json.child(Json.child(tree, "metadata"), "annotations");
        annotations.put(DESTROYED, deletion.time().toString());
        return Json.write(tree);
    }

    /// What can be told of what exists and does not open.
    static StoredObject unreadable(StoredObject sealed) {
        var remains = SealedBody.read(sealed.body()).remains(sealed.key());
        return unreadable(sealed.key(), sealed.revision(), remains);
    }

    static StoredObject unreadable(ResourceKey key, long revision, byte[] remains) {
        var tree = Json.readObject(remains);
        Json.child(Json.child(tree, "metadata"), "annotations").put(UNREADABLE, WHAT_TO_DO);
        return new StoredObject(key, revision, Json.write(tree));
    }

    static byte[] of(ResourceKey key, String apiVersion, String kind, String uid) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", key.name());
        if (!key.namespace().isEmpty()) {
            metadata.put("namespace", key.namespace());
        }
        metadata.put("uid", uid);
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", apiVersion);
        tree.put("kind", kind);
        tree.put("metadata", metadata);
        return Json.write(tree);
    }
}
