package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Trees on their way into the store and out of it: versions, names and the order of keys.
final class Body {
    private Body() {}

    /// The bytes that are stored: the stored version's names, the three leading keys, no `resourceVersion`.
    static byte[] encode(Resource written, Served served) {
        var object = Conversion.stored(served, written);
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", served.kind().apiVersion());
        tree.put("kind", served.kind().names().kind());
        tree.put("metadata", withoutRevision(object.metadata()));
        object.tree().forEach((key, value) -> putRest(tree, key, value));
        return Json.write(tree);
    }

    /// The same tree under the version and the names that a request used; mutates and returns it.
    static Resource as(Served served, Resource object) {
        object.tree().put("apiVersion", served.apiVersion());
        object.tree().put("kind", served.names().kind());
        return object;
    }

    /// Whether two objects would be stored as the same bytes, but for their order.
    static boolean same(Resource one, Resource other) {
        return content(one).equals(content(other));
    }

    private static Map<String, Object> content(Resource object) {
        var tree = new LinkedHashMap<>(object.tree());
        tree.keySet().removeAll(java.util.List.of("apiVersion", "kind"));
        tree.put("metadata", withoutRevision(object.metadata()));
        return tree;
    }

    private static Map<String, Object> withoutRevision(Map<String, Object> metadata) {
        var copy = new LinkedHashMap<>(metadata);
        copy.remove("resourceVersion");
        return copy;
    }

    private static void putRest(Map<String, Object> tree, String key, Object value) {
        if (!tree.containsKey(key)) {
            Json.put(tree, key, value);
        }
    }
}
