package dev.slipway.control.pod;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A priority class that every installation has, for what a cluster cannot do without.
record SystemPriority(String name, long value, String description) {
    static final List<SystemPriority> ALL =
            List.of(
                    new SystemPriority(
                            "system-node-critical",
                            2_000_001_000,
                            "Used for system critical pods that must not be moved from their current node."),
                    new SystemPriority(
                            "system-cluster-critical",
                            2_000_000_000,
                            "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."));

    /// Names that begin so are not given to others.
    static final String PREFIX = "system-";

    static boolean isName(String name) {
        return ALL.stream().anyMatch(one -> one.name().equals(name));
    }

    /// As an object to create.
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", "scheduling.k8s.io/v1");
        tree.put("kind", "PriorityClass");
        tree.put("metadata", new LinkedHashMap<>(Map.of("name", name)));
        tree.put("value", value);
        tree.put("description", description);
        return tree;
    }
}
