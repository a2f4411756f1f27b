package dev.slipway.graph.instance;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `status.nodes` tells: each node as it is, and of those that are not in order since when.
final class NodesStatus {
    private static final String SINCE = "since";

    private NodesStatus() {}

    /// @param instance as it was told before: a node that is still in the same state keeps its time
    static List<Map<String, Object>> trees(List<NodeReport> nodes, Resource instance, Instant now) {
        var before = new HashMap<String, Map<String, Object>>();
        for (var entry : Json.list(instance.status(), "nodes")) {
            if (entry instanceof Map<?, ?> map) {
                before.put(Json.string(Json.cast(map), "id"), Json.cast(map));
            }
        }
        return nodes.stream()
                .map(node -> tree(node, before.getOrDefault(node.node().id(), Map.of()), now))
                .toList();
    }

    /// The same entries of an instance that goes: what is being deleted is not made anew afterwards.
    static List<Object> going(List<Object> entries) {
        return entries.stream().map(NodesStatus::going).toList();
    }

    private static Object going(Object entry) {
        if (!(entry instanceof Map<?, ?> map)
                || !NodeState.DELETING.name().equals(map.get("state"))) {
            return entry;
        }
        Map<String, Object> tree = new LinkedHashMap<>(Json.cast(map));
        tree.put("message", "is being deleted, as is the instance");
        return tree;
    }

    private static Map<String, Object> tree(
            NodeReport node, Map<String, Object> before, Instant now) {
        var tree = node.tree();
        if (!isSettled(node.state())) {
            var same = Json.string(before, "state").equals(node.state().name());
            var since = same ? Json.string(before, SINCE) : "";
            tree.put(
                    SINCE,
                    since.isEmpty() ? now.truncatedTo(ChronoUnit.SECONDS).toString() : since);
        }
        return tree;
    }

    private static boolean isSettled(NodeState state) {
        return state == NodeState.SYNCED || state == NodeState.SKIPPED;
    }
}
