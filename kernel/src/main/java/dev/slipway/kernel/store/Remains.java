package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ResourceKey;
import java.util.LinkedHashMap;

/// What can be told of a resource whose content is sealed or gone: its names, as a body like any other.
final class Remains {
    private Remains() {}

    static byte[] of(StoredObject object, String uid) {
        return of(object.key(), object.field("apiVersion"), object.field("kind"), uid);
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
