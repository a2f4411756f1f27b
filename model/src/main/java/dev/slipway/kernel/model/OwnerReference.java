package dev.slipway.kernel.model;

import java.util.LinkedHashMap;
import java.util.Map;

/// One entry of `metadata.ownerReferences`.
///
/// @param controller whether the owner is the one that manages the resource
/// @param blockOwnerDeletion whether the owner waits for this one in a foreground deletion
public record OwnerReference(
        String apiVersion,
        String kind,
        String name,
        String uid,
        boolean controller,
        boolean blockOwnerDeletion) {
    /// Reads an entry; missing text is empty.
    public static OwnerReference of(Map<String, Object> tree) {
        return new OwnerReference(
                Json.string(tree, "apiVersion"),
                Json.string(tree, "kind"),
                Json.string(tree, "name"),
                Json.string(tree, "uid"),
                Boolean.TRUE.equals(tree.get("controller")),
                Boolean.TRUE.equals(tree.get("blockOwnerDeletion")));
    }

    /// The controlling owner reference to a resource.
    public static OwnerReference controller(Resource owner) {
        return new OwnerReference(
                owner.apiVersion(), owner.kind(), owner.name(), owner.uid(), true, true);
    }

    /// The entry as it stands in metadata.
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", apiVersion);
        tree.put("kind", kind);
        tree.put("name", name);
        tree.put("uid", uid);
        tree.put("controller", controller);
        tree.put("blockOwnerDeletion", blockOwnerDeletion);
        return tree;
    }
}
