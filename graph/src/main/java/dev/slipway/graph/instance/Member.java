package dev.slipway.graph.instance;

import dev.slipway.graph.compile.Policy.Deletion;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.ResourceKey;
import java.util.LinkedHashMap;
import java.util.Map;

/// One resource that an instance made, or is about to make.
///
/// @param node the id of its node
/// @param deletion what becomes of it when it is no longer asked for
/// @param wave when it was applied relative to the others; deletion goes from the highest down
record Member(
        String node,
        String apiVersion,
        String kind,
        ResourceKey key,
        Deletion deletion,
        long wave) {
    /// `ConfigMap`, or `Deployment.apps`.
    String groupKind() {
        return key.group().isEmpty() ? kind : kind + "." + key.group();
    }

    /// `Deployment default/web`, for messages.
    String title() {
        return kind + " " + (key.namespace().isEmpty() ? "" : key.namespace() + "/") + key.name();
    }

    /// What others can read of it before it is made.
    Map<String, Object> names() {
        return Map.of("metadata", Map.of("name", key.name(), "namespace", key.namespace()));
    }

    /// The resource without anything but its identity.
    ///
    /// @param version under which its kind is served
    Map<String, Object> bare(String version) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", key.name());
        if (!key.namespace().isEmpty()) {
            metadata.put("namespace", key.namespace());
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", version);
        tree.put("kind", kind);
        tree.put("metadata", metadata);
        return tree;
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("node", node);
        tree.put("apiVersion", apiVersion);
        tree.put("kind", kind);
        tree.put("plural", key.plural());
        if (!key.namespace().isEmpty()) {
            tree.put("namespace", key.namespace());
        }
        tree.put("name", key.name());
        tree.put("wave", wave);
        if (deletion != Deletion.DELETE) {
            tree.put("deletion", deletion.word());
        }
        return tree;
    }

    /// Reads an entry; throws [MalformedException] where something is missing.
    static Member of(Map<String, Object> tree) {
        var apiVersion = text(tree, "apiVersion");
        var slash = apiVersion.indexOf('/');
        var group = slash < 0 ? "" : apiVersion.substring(0, slash);
        return new Member(
                text(tree, "node"),
                apiVersion,
                text(tree, "kind"),
                KindKey.of(group, text(tree, "plural"))
                        .resource(Json.string(tree, "namespace"), text(tree, "name")),
                Deletion.of(Json.string(tree, "deletion")).orElse(Deletion.DELETE),
                tree.get("wave") instanceof Long wave ? wave : 0);
    }

    private static String text(Map<String, Object> tree, String key) {
        var text = Json.string(tree, key);
        if (text.isEmpty()) {
            throw new MalformedException("an entry without " + key, null);
        }
        return text;
    }
}
