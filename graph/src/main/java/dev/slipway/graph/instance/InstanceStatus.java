package dev.slipway.graph.instance;

import dev.slipway.graph.condition.Condition;
import dev.slipway.graph.condition.Conditions;
import dev.slipway.graph.definition.Pin;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a pass found out about an instance, and the status that says so.
///
/// @param state the word for it; empty: it follows from conditions and nodes
/// @param nodes one report for each node that the pass looked at
/// @param fields the author's fields as they are now; empty where there was no pass: they stay as they were
/// @param author what the author says in place of the conditions; empty where nothing
record InstanceStatus(
        String state,
        List<Condition> conditions,
        List<NodeReport> nodes,
        Optional<Map<String, Object>> fields,
        Optional<AuthorConditions.Result> author) {
    private static final String DELETING = "DELETING";
    private static final String MANAGED = "InstanceManaged";
    private static final String RESOLVED = "GraphResolved";
    private static final String RESOURCES = "ResourcesReady";
    private static final String OF_AUTHOR = "AuthorConditions";

    InstanceStatus {
        conditions = List.copyOf(conditions);
        nodes = List.copyOf(nodes);
    }

    private InstanceStatus(String state, List<Condition> conditions) {
        this(state, conditions, List.of(), Optional.empty(), Optional.empty());
    }

    /// Whether an instance says that it is.
    static boolean isActive(Resource instance) {
        return "ACTIVE".equals(Json.string(instance.status(), "state"));
    }

    /// What an instance says of itself that is not active, as the rest of a sentence about it.
    static String why(Resource instance) {
        var state = Json.string(instance.status(), "state");
        var message =
                Json.list(instance.status(), "conditions").stream()
                        .filter(one -> type(one).equals(RESOURCES))
                        .map(one -> String.valueOf(Json.at(one, "message")))
                        .filter(text -> !text.isEmpty())
                        .findFirst();
        return " is "
                + (state.isEmpty() ? "not worked on yet" : state)
                + message.map(text -> ": " + text).orElse("");
    }

    /// After a pass over all nodes.
    static InstanceStatus of(List<NodeReport> nodes, AuthorStatus.Result status, Pin pin) {
        var resources = resources(nodes);
        return new InstanceStatus(
                "",
                List.of(
                        managed(),
                        pin.isNone() ? resolved() : resolved(pin),
                        status.errors().isEmpty() || !resources.holds()
                                ? resources
                                : Condition.fails(
                                        RESOURCES,
                                        "NotReady",
                                        "resource error: " + Rendering.sentence(status.errors()))),
                nodes,
                Optional.of(status.fields()),
                Optional.empty());
    }

    /// The same where something is there that should not be; what is the matter with the resources themselves goes
    /// before that.
    InstanceStatus after(Pruned pruned) {
        if (pruned.message().isEmpty() || !conditions.getLast().holds()) {
            return this;
        }
        var all = new ArrayList<>(conditions.subList(0, conditions.size() - 1));
        var reason = pruned.failure().isPresent() ? "NotReady" : "ResourceDeleting";
        all.add(Condition.fails(RESOURCES, reason, pruned.message().get()));
        var word = pruned.failure().isPresent() ? "ERROR" : "IN_PROGRESS";
        return new InstanceStatus(word, all, nodes, fields, author);
    }

    /// The same with what the author says, to whom the conditions and whether they hold are told.
    InstanceStatus with(Function<List<Condition>, Optional<AuthorConditions.Result>> told) {
        return new InstanceStatus(
                state, conditions, nodes, fields, told.apply(Conditions.withReady(conditions)));
    }

    /// There is no graph to work by.
    static InstanceStatus unresolved(String message) {
        return new InstanceStatus(
                "ERROR",
                List.of(
                        managed(),
                        Condition.fails(RESOLVED, "ResolutionFailed", message),
                        Condition.unknown(RESOURCES, "AwaitingReconciliation", "")));
    }

    /// Its finalizer, its labels or the list of its resources could not be written.
    static InstanceStatus unmarked(String message) {
        return new InstanceStatus(
                "ERROR",
                List.of(
                        Condition.fails(
                                MANAGED,
                                "NotWritten",
                                "the list of its resources, its labels and its finalizer cannot be written: "
                                        + message),
                        resolved(),
                        Condition.unknown(RESOURCES, "AwaitingReconciliation", "")));
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
                                "suspended by the annotation " + InstanceController.SUSPEND)));
    }

    /// A pass is under way.
    ///
    /// @param settled how many of the nodes are in order by now
    static InstanceStatus working(int settled, int nodes) {
        return new InstanceStatus(
                "IN_PROGRESS",
                List.of(
                        managed(),
                        resolved(),
                        Condition.unknown(
                                RESOURCES,
                                "Reconciling",
                                "%d of %d nodes are in order so far".formatted(settled, nodes))));
    }

    /// It waits for its resources to go.
    static InstanceStatus deleting(String message) {
        return new InstanceStatus(
                DELETING,
                List.of(
                        managed(),
                        resolved(),
                        Condition.unknown(RESOURCES, "UnderDeletion", message)));
    }

    private static Condition managed() {
        return Condition.holds(MANAGED, "Managed", "finalizer and labels are set");
    }

    private static Condition resolved() {
        return Condition.holds(RESOLVED, "Resolved", "the graph is compiled");
    }

    private static Condition resolved(Pin pin) {
        return Condition.holds(
                RESOLVED,
                "Pinned",
                "revision %s of the graph is compiled, as the annotation %s asks"
                        .formatted(pin.written(), Pin.ANNOTATION));
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
        if (nodes.stream().allMatch(NodeReport::isSettled)) {
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

    /// The whole `status` of the instance.
    Map<String, Object> tree(Resource instance, Instant now) {
        var all = Conditions.withReady(conditions);
        Map<String, Object> status = new LinkedHashMap<>(fields.orElseGet(instance::status));
        status.put("state", state.isEmpty() ? state(all) : state);
        status.put("conditions", conditions(all, instance, now));
        if (fields.isPresent() && !nodes.isEmpty()) {
            status.putIfAbsent("nodes", NodesStatus.trees(nodes, instance, now));
        }
        if (state.equals(DELETING) && status.containsKey("nodes")) {
            status.put("nodes", NodesStatus.going(Json.list(status, "nodes")));
        }
        return Json.copy(status);
    }

    private List<Object> conditions(List<Condition> all, Resource instance, Instant now) {
        var before = Json.list(instance.status(), "conditions");
        if (author.isPresent()) {
            var said = author.get();
            var made = Conditions.trees(conditions(said, all), instance, now);
            return Stream.concat(
                            made.stream(), before.stream().filter(old -> said.keeps(type(old))))
                    .toList();
        }
        return fields.isPresent() || !isOfAuthor(before)
                ? Conditions.trees(all, instance, now)
                : overlaid(before, all, instance, now);
    }

    /// What the author made, and what is wrong that neither the author's conditions nor any node tells.
    private List<Condition> conditions(AuthorConditions.Result said, List<Condition> builtIn) {
        var made = new ArrayList<>(said.made().values());
        if (!said.errors().isEmpty()) {
            made.add(
                    Condition.fails(
                            OF_AUTHOR, "EvaluationFailed", Rendering.sentence(said.errors())));
        } else if (nodes.stream().allMatch(NodeReport::isSettled)) {
            builtIn.stream()
                    .filter(one -> one.type().equals(RESOURCES) && !one.holds())
                    .forEach(one ->
                            made.add(Condition.fails(OF_AUTHOR, one.reason(), one.message())));
        }
        return made;
    }

    /// The engine's own conditions always tell whether the instance is managed.
    private static boolean isOfAuthor(List<Object> conditions) {
        return !conditions.isEmpty()
                && conditions.stream().noneMatch(one -> type(one).equals(MANAGED));
    }

    /// Without a pass what the author said stays, beside what is the matter with the resources.
    private static List<Object> overlaid(
            List<Object> before, List<Condition> all, Resource instance, Instant now) {
        var resources = all.stream().filter(one -> one.type().equals(RESOURCES)).toList();
        return Stream.concat(
                        before.stream().filter(old -> !type(old).equals(RESOURCES)),
                        Conditions.trees(resources, instance, now).stream())
                .toList();
    }

    private static String type(Object condition) {
        return condition instanceof Map<?, ?> map ? Json.string(Json.cast(map), "type") : "";
    }

    private String state(List<Condition> all) {
        if (author.filter(said -> !said.errors().isEmpty()).isPresent()) {
            return "ERROR";
        }
        if (all.getLast().holds()) {
            return "ACTIVE";
        }
        return any(nodes, NodeState.ERROR) || nodes.stream().allMatch(NodeReport::isSettled)
                ? "ERROR"
                : "IN_PROGRESS";
    }
}
