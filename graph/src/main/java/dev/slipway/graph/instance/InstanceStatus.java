package dev.slipway.graph.instance;

import dev.slipway.graph.condition.Condition;
import dev.slipway.graph.condition.Conditions;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a pass found out about an instance, and the status that says so.
///
/// @param state the word for it; empty: it follows from conditions and nodes
/// @param nodes one report for each node that the pass looked at
record InstanceStatus(String state, List<Condition> conditions, List<NodeReport> nodes) {
    private static final String MANAGED = "InstanceManaged";
    private static final String RESOLVED = "GraphResolved";
    private static final String RESOURCES = "ResourcesReady";

    InstanceStatus {
        conditions = List.copyOf(conditions);
        nodes = List.copyOf(nodes);
    }

    /// After a pass over all nodes.
    static InstanceStatus of(List<NodeReport> nodes) {
        return new InstanceStatus("", List.of(managed(), resolved(), resources(nodes)), nodes);
    }

    /// The instance's own metadata could not be written or read.
    static InstanceStatus unmanaged(String message) {
        return new InstanceStatus(
                "ERROR",
                List.of(
                        Condition.fails(MANAGED, "ManagementFailed", message),
                        Condition.unknown(RESOLVED, "AwaitingReconciliation", ""),
                        Condition.unknown(RESOURCES, "AwaitingReconciliation", "")),
                List.of());
    }

    /// There is no graph to work by.
    static InstanceStatus unresolved(String message) {
        return new InstanceStatus(
                "ERROR",
                List.of(
                        managed(),
                        Condition.fails(RESOLVED, "ResolutionFailed", message),
                        Condition.unknown(RESOURCES, "AwaitingReconciliation", "")),
                List.of());
    }

    /// Nobody works on it until it is released.
    static InstanceStatus suspended() {
        return new InstanceStatus(
                "IN_PROGRESS",
                List.of(
                        managed(),
                        resolved(),
                        Condition.fails(
                                RESOURCES,
                                "ReconciliationSuspended",
                                "suspended by the annotation " + InstanceController.SUSPEND)),
                List.of());
    }

    /// It waits for its resources to go.
    static InstanceStatus deleting(String message) {
        return new InstanceStatus(
                "DELETING",
                List.of(
                        managed(),
                        resolved(),
                        Condition.unknown(RESOURCES, "UnderDeletion", message)),
                List.of());
    }

    private static Condition managed() {
        return Condition.holds(MANAGED, "Managed", "finalizer and labels are set");
    }

    private static Condition resolved() {
        return Condition.holds(RESOLVED, "Resolved", "the graph is compiled");
    }

    private static Condition resources(List<NodeReport> nodes) {
        if (any(nodes, NodeState.ERROR)) {
            return Condition.fails(
                    RESOURCES,
                    "NotReady",
                    "resource reconciliation failed: " + messages(nodes, NodeState.ERROR));
        }
        if (any(nodes, NodeState.DELETING)) {
            return Condition.fails(
                    RESOURCES, "ResourceDeleting", messages(nodes, NodeState.DELETING));
        }
        if (nodes.stream().allMatch(node -> node.state() == NodeState.SYNCED)) {
            return Condition.holds(RESOURCES, "AllResourcesReady", "");
        }
        return Condition.fails(
                RESOURCES,
                "NotReady",
                "awaiting resource readiness: "
                        + messages(nodes, NodeState.WAITING_FOR_READINESS, NodeState.IN_PROGRESS));
    }

    private static boolean any(List<NodeReport> nodes, NodeState state) {
        return nodes.stream().anyMatch(node -> node.state() == state);
    }

    private static String messages(List<NodeReport> nodes, NodeState... states) {
        return nodes.stream()
                .filter(node -> Stream.of(states).anyMatch(state -> state == node.state()))
                .map(node -> node.node().id() + ": " + node.message())
                .collect(Collectors.joining("; "));
    }

    /// The whole `status` of the instance; what others wrote into it stays.
    Map<String, Object> tree(Resource instance, Instant now) {
        var all = Conditions.withReady(conditions);
        var status = new LinkedHashMap<>(instance.status());
        status.put("state", state.isEmpty() ? state(all) : state);
        status.put("conditions", Conditions.trees(all, instance, now));
        if (!nodes.isEmpty()) {
            status.put("nodes", nodes.stream().map(NodeReport::tree).toList());
        } else if (state.isEmpty()) {
            status.remove("nodes");
        }
        return Json.copy(status);
    }

    private String state(List<Condition> all) {
        if (all.getLast().holds()) {
            return "ACTIVE";
        }
        return any(nodes, NodeState.ERROR) ? "ERROR" : "IN_PROGRESS";
    }
}
