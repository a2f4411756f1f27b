package dev.slipway.kernel.rollback;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Makes of what an object was the body that brings it back.
///
/// The status and what the server and the machinery keep in metadata are not brought back: they tell of the present.
final class Restoration {
    /// Fields of metadata that stay as they are.
    private static final List<String> KEPT =
            List.of("finalizers", "ownerReferences", "managedFields", "uid", "resourceVersion");

    /// Domains of the labels and annotations by which controllers know their own.
    private static final Set<String> MACHINERY =
            Set.of("slipway.dev", "kro.run", "internal.kro.run", "applyset.kubernetes.io");

    private Restoration() {}

    /// The body that makes a live object what it was.
    static Map<String, Object> of(Served served, Resource then, Resource live) {
        var tree = relabelled(served, then);
        keep(tree, live.tree(), "status");
        var metadata = Json.child(tree, "metadata");
        KEPT.forEach(key -> keep(metadata, live.metadata(), key));
        for (var map : List.of("labels", "annotations")) {
            keepMachinery(metadata, live.metadata(), map);
        }
        return tree;
    }

    /// The body that makes an object again.
    ///
    /// @param uids the new uids of objects that were made again before it, by their old ones
    /// @param exists whether an owner is still there
    static Map<String, Object> again(
            Served served,
            Resource then,
            Map<String, String> uids,
            Predicate<OwnerReference> exists) {
        var tree = relabelled(served, then);
        tree.remove("status");
        var metadata = Json.child(tree, "metadata");
        metadata.keySet().removeAll(List.of("resourceVersion", "uid", "generateName"));
        var owners = owners(then, uids, exists);
        if (owners.isEmpty()) {
            metadata.remove("ownerReferences");
        } else {
            metadata.put("ownerReferences", owners);
        }
        if (metadata.get("labels") instanceof Map<?, ?> labels) {
            Json.cast(labels)
                    .replaceAll((_, value) ->
                            Optional.ofNullable(uids.get(String.valueOf(value)))
                                    .map(Object.class::cast)
                                    .orElse(value));
        }
        return tree;
    }

    /// What of an object's content is brought back; mutates and returns it.
    static Map<String, Object> wish(Map<String, Object> content) {
        var metadata = Json.child(content, "metadata");
        metadata.keySet().removeAll(KEPT);
        for (var map : List.of("labels", "annotations")) {
            var left = new LinkedHashMap<>(Json.object(metadata, map));
            left.keySet().removeIf(Restoration::isMachinery);
            metadata.put(map, left);
        }
        return content;
    }

    private static List<Object> owners(
            Resource then, Map<String, String> uids, Predicate<OwnerReference> exists) {
        var owners = new ArrayList<Object>();
        for (var owner : Json.list(then.metadata(), "ownerReferences")) {
            var tree = new LinkedHashMap<>(Json.cast((Map<?, ?>) owner));
            var uid = Json.string(tree, "uid");
            if (uids.containsKey(uid)) {
                tree.put("uid", uids.get(uid));
                owners.add(tree);
            } else if (exists.test(OwnerReference.of(tree))) {
                owners.add(tree);
            }
        }
        return owners;
    }

    private static Map<String, Object> relabelled(Served served, Resource then) {
        var tree = Json.copy(then.tree());
        tree.put("apiVersion", served.apiVersion());
        tree.put("kind", served.names().kind());
        return tree;
    }

    private static void keepMachinery(
            Map<String, Object> metadata, Map<String, Object> live, String map) {
        var kept = new LinkedHashMap<>(Json.object(metadata, map));
        kept.keySet().removeIf(Restoration::isMachinery);
        Json.object(live, map)
                .forEach((key, value) -> {
                    if (isMachinery(key)) {
                        kept.put(key, value);
                    }
                });
        metadata.put(map, kept);
    }

    private static boolean isMachinery(String key) {
        var slash = key.indexOf('/');
        return slash > 0 && MACHINERY.contains(key.substring(0, slash));
    }

    private static void keep(Map<String, Object> into, Map<String, Object> live, String key) {
        if (live.containsKey(key)) {
            Json.put(into, key, Json.copy(live.get(key)));
        } else {
            into.remove(key);
        }
    }
}
