package dev.slipway.graph.instance;

import dev.slipway.graph.condition.Condition;
import dev.slipway.graph.condition.Conditions;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a pass found out about an instance, and the status that says so.
///
/// @param state the word for it; empty: it follows from conditions and nodes
/// @param nodes one report for each node that the pass looked at
/// @param fields the author's fields as they are now; empty where there was no pass: they stay as they were
record InstanceStatus(
        String state,
        List<Condition> conditions,
        List<NodeReport> nodes,
        Optional<Map<String, Object>> fields) {
    private static final String MANAGED = "InstanceManaged";
    private static final String RESOLVED = "GraphResolved";
    private static final String RESOURCES = "ResourcesReady";

    InstanceStatus {
        conditions = List.copyOf(conditions);
        nodes = List.copyOf(nodes);
    }

    /// After a pass over all nodes.
    static InstanceStatus of(List<NodeReport> nodes, AuthorStatus.Result status) {
        var resources = resources(nodes);
        return new InstanceStatus(
                "",
                List.of(
                        managed(),
                        resolved(),
                        status.errors().isEmpty() || !resources.holds()
                                ? resources
                                : Condition.fails(
                                        RESOURCES,
                                        "NotReady",
                                        "resource error: " + Rendering.sentence(status.errors()))),
                nodes,
                Optional.of(status.fields()));
    }

    /// There is no graph to work by.
    static InstanceStatus unresolved(String message) {
        return new InstanceStatus(
                "ERROR",
                List.of(
                        managed(),
                        Condition.fails(RESOLVED, "ResolutionFailed", message),
                        Condition.unknown(RESOURCES, "AwaitingReconciliation", "")),
                List.of(),
                Optional.empty());
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
                List.of(),
                Optional.empty());
    }

    /// It waits for its resources to go.
    static InstanceStatus deleting(String message) {
        return new InstanceStatus(
                "DELETING",
                List.of(
                        managed(),
                        resolved(),
                        Condition.unknown(RESOURCES, "UnderDeletion", message)),
                List.of(),
                Optional.empty());
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
        if (nodes.stream().allMatch(InstanceStatus::isSettled)) {
            return Condition.holds(RESOURCES, "AllResourcesReady", "");
        }
        return Condition.fails(
                RESOURCES,
                "NotReady",
                "awaiting resource readiness: "
                        + messages(nodes, NodeState.WAITING_FOR_READINESS, NodeState.IN_PROGRESS));
    }

    private static boolean isSettled(NodeReport node) {
        return node.state() == NodeState.SYNCED || node.state() == NodeState.SKIPPED;
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

    /// The whole `status` of the instance.
    Map<String, Object> tree(Resource instance, Instant now) {
        var all = Conditions.withReady(conditions);
        Map<String, Object> status = new LinkedHashMap<>(fields.orElseGet(instance::status));
        status.put("state", state.isEmpty() ? state(all) : state);
        status.put("conditions", Conditions.trees(all, instance, now));
        if (fields.isPresent() && !nodes.isEmpty()) {
            status.putIfAbsent("nodes", nodes.stream().map(NodeReport::tree).toList());
        }
        return Json.copy(status);
    }

    private String state(List<Condition> all) {
        if (all.getLast().holds()) {
            return "ACTIVE";
        }
        return any(nodes, NodeState.ERROR) || nodes.stream().allMatch(InstanceStatus::isSettled)
                ? "ERROR"
                : "IN_PROGRESS";
    }
}
