package dev.slipway.control.access;

import static dev.slipway.kernel.access.RoleKinds.CLUSTER_ROLES;
import static dev.slipway.kernel.access.RoleKinds.CLUSTER_ROLE_BINDINGS;
import static dev.slipway.kernel.access.RoleKinds.GROUP;

import dev.slipway.kernel.access.PolicyRule;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A role or binding as an installation begins with it.
///
/// @param tree the whole object
record DefaultRole(KindKey kind, Map<String, Object> tree) {
    /// Says `false` on an object that shall stay as it is.
    static final String AUTOUPDATE = "rbac.authorization.kubernetes.io/autoupdate";

    /// Reads `default-roles.yaml`, whose head says how it is written.
    static List<DefaultRole> read(Map<String, Object> facts) {
        var verbs = Json.object(facts, "verbs");
        var all = new ArrayList<DefaultRole>();
        Json.object(facts, "roles")
                .forEach((name, role) -> all.add(role(name, object(role), verbs)));
        Json.object(facts, "bindings")
                .forEach((name, binding) -> all.add(binding(name, object(binding))));
        return all;
    }

    private static DefaultRole role(
            String name, Map<String, Object> facts, Map<String, Object> verbs) {
        var tree = tree("ClusterRole", name, Json.list(facts, "into"));
        var collects = Json.list(facts, "collects");
        if (!collects.isEmpty()) {
            var selectors = collects.stream().map(label -> map("matchLabels", labels(label)));
            tree.put("aggregationRule", map("clusterRoleSelectors", selectors.toList()));
            tree.put("rules", new ArrayList<>());
        } else {
            tree.put("rules", rules(facts, verbs));
        }
        return new DefaultRole(CLUSTER_ROLES, tree);
    }

    private static List<Object> rules(Map<String, Object> facts, Map<String, Object> verbs) {
        var rules = new ArrayList<Object>();
        for (var rule : Json.list(facts, "rules")) {
            rules.add(rule(object(rule), verbs));
        }
        var paths = Json.object(facts, "paths");
        if (!paths.isEmpty()) {
            rules.add(
                    map(
                            "nonResourceURLs",
                            Json.list(paths, "urls"),
                            "verbs",
                            Json.list(paths, "verbs")));
        }
        return rules;
    }

    private static Map<String, Object> rule(Map<String, Object> rule, Map<String, Object> verbs) {
        var groups =
                Json.list(rule, "groups").stream()
                        .map(group -> group.equals("core") ? "" : group)
                        .toList();
        var named =
                rule.get("verbs") instanceof String name
                        ? Json.list(verbs, name)
                        : Json.list(rule, "verbs");
        var tree =
                map("apiGroups", groups, "resources", Json.list(rule, "resources"), "verbs", named);
        if (rule.containsKey("names")) {
            tree.put("resourceNames", Json.list(rule, "names"));
        }
        return tree;
    }

    private static DefaultRole binding(String name, Map<String, Object> facts) {
        var tree = tree("ClusterRoleBinding", name, List.of());
        tree.put(
                "roleRef",
                map("apiGroup", GROUP, "kind", "ClusterRole", "name", Json.string(facts, "role")));
        var subjects =
                Json.list(facts, "groups").stream()
                        .map(group -> map("apiGroup", GROUP, "kind", "Group", "name", group));
        tree.put("subjects", new ArrayList<Object>(subjects.toList()));
        return new DefaultRole(CLUSTER_ROLE_BINDINGS, tree);
    }

    private static Map<String, Object> tree(String kind, String name, List<Object> into) {
        var labels = labels("kubernetes.io/bootstrapping");
        labels.put("kubernetes.io/bootstrapping", "rbac-defaults");
        into.forEach(label -> labels.putAll(labels(label)));
        var metadata = map("name", name, "labels", labels, "annotations", map(AUTOUPDATE, "true"));
        return map("apiVersion", GROUP + "/v1", "kind", kind, "metadata", metadata);
    }

    String name() {
        return new Resource(tree).name();
    }

    /// The object as it shall be written; empty where it is as it shall be, or shall be left alone.
    ///
    /// @param found the object as it is
    Optional<Map<String, Object>> wanting(Optional<Resource> found) {
        if (found.isEmpty()) {
            return Optional.of(Json.copy(tree));
        }
        var now = found.get();
        if (now.annotation(AUTOUPDATE).filter("false"::equals).isPresent()) {
            return Optional.empty();
        }
        var wanted = now.copy();
        completeMetadata(wanted);
        if (kind.equals(CLUSTER_ROLES)) {
            completeRole(wanted);
        } else {
            completeBinding(wanted);
        }
        return wanted.equals(now) ? Optional.empty() : Optional.of(wanted.tree());
    }

    private void completeMetadata(Resource wanted) {
        var metadata = Json.child(wanted.tree(), "metadata");
        var own = new Resource(tree);
        own.labels().forEach(Json.child(metadata, "labels")::putIfAbsent);
        own.annotations().forEach(Json.child(metadata, "annotations")::putIfAbsent);
    }

    /// Rules that somebody added stay. Collected ones are a controller's.
    private void completeRole(Resource wanted) {
        if (tree.containsKey("aggregationRule")) {
            wanted.tree().put("aggregationRule", tree.get("aggregationRule"));
            return;
        }
        var held = PolicyRule.of(wanted);
        var rules = new ArrayList<>(Json.list(wanted.tree(), "rules"));
        PolicyRule.of(new Resource(tree)).stream()
                .filter(rule -> !PolicyRule.uncovered(held, List.of(rule)).isEmpty())
                .forEach(rule -> rules.add(rule.tree()));
        wanted.tree().put("rules", rules);
    }

    private void completeBinding(Resource wanted) {
        var subjects = new ArrayList<>(Json.list(wanted.tree(), "subjects"));
        Json.list(tree, "subjects").stream()
                .filter(subject -> !subjects.contains(subject))
                .forEach(subjects::add);
        wanted.tree().put("subjects", subjects);
    }

    private static Map<String, Object> labels(Object label) {
        return map(String.valueOf(label), "true");
    }

    private static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> map ? Json.cast(map) : Map.of();
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }
}
