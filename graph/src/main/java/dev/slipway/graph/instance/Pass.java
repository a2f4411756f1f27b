package dev.slipway.graph.instance;

import dev.slipway.control.Fanout;
import dev.slipway.graph.compile.Graph;
import dev.slipway.graph.compile.Labels;
import dev.slipway.graph.compile.Node;
import dev.slipway.graph.compile.Part;
import dev.slipway.graph.compile.Role;
import dev.slipway.graph.condition.Condition;
import dev.slipway.graph.write.Writes;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.schema.Defaulting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One pass over the nodes of an instance: renders each whose dependencies are there, and applies it.
///
/// A node that fails holds up what depends on it and nothing else. Used once, by one thread.
final class Pass {
    private static final String EACH = "each";
    private static final KindKey NAMESPACES = KindKey.of("", "namespaces");

    /// How many messages about items of one node are told.
    private static final int TOLD = 5;

    private final Graph graph;
    private final Resource instance;
    private final Resources resources;
    private final Recorder recorder;
    private final Maker maker;
    private final Map<String, Object> data = new HashMap<>();
    private final Map<String, NodeReport> reports = new LinkedHashMap<>();
    private final Map<ResourceKey, String> claimed = new HashMap<>();
    private final Map<Interests.Selection, Set<ResourceKey>> selected = new HashMap<>();
    private final Fanout fanout;
    private final Placement placement;
    private final Allowance allowance = new Allowance();

    /// @param recorder keeps the inventory on the instance
    /// @param applied what earlier passes have applied
    /// @param fanout how the items of a collection are made
    Pass(
            Graph graph,
            Resource instance,
            Resources resources,
            Writes writes,
            Recorder recorder,
            Applied applied,
            Fanout fanout) {
        this.graph = graph;
        this.instance = instance;
        this.resources = resources;
        this.recorder = recorder;
        this.fanout = fanout;
        maker = new Maker(instance, graph.propagation(), resources, writes, applied);
        data.put("schema", schema(graph, instance));
        placement = new Placement(graph, instance, data, allowance);
    }

    /// What expressions see of the instance: without its status, with the defaults of the graph as it is now.
    static Map<String, Object> schema(Graph graph, Resource instance) {
        var tree = Json.copy(instance.tree());
        tree.remove("status");
        Json.child(tree, "spec");
        Defaulting.apply(tree, graph.schema());
        return tree;
    }

    /// The resources that will be made in any case, as far as their names are known already.
    List<Member> foreseen() {
        return placement.foreseen();
    }

    /// Looks at every node once, in order.
    ///
    /// @param looked is told after each node of all reports so far
    List<NodeReport> run(Consumer<Collection<NodeReport>> looked) {
        for (var node : graph.nodes()) {
            reports.put(node.id(), look(node));
            looked.accept(reports.values());
        }
        return List.copyOf(reports.values());
    }

    private NodeReport look(Node node) {
        var left =
                node.dependencies().stream()
                        .filter(id -> is(id, NodeState.SKIPPED) && !node.follows().contains(id))
                        .findFirst();
        if (left.isPresent()) {
            return skipped(node, "left out with " + left.get());
        }
        var ready = node.dependencies().stream().allMatch(id -> isDone(node, id));
        return switch (When.of(includeWhen(node, ready), data, allowance)) {
            case When.Holds _ when ready -> made(node);
            case When.Holds _ ->
                    report(
                            node,
                            placement.of(node),
                            NodeState.IN_PROGRESS,
                            "waits for " + awaited(node));
            case When.Fails(var condition) -> skipped(node, condition.path() + " does not hold");
            case When.Awaits(_, var reason) ->
                    report(node, placement.of(node), NodeState.IN_PROGRESS, reason);
            case When.Breaks(var condition, var message) ->
                    report(
                            node,
                            placement.of(node),
                            NodeState.ERROR,
                            condition.path() + ": " + message);
        };
    }

    /// What can be decided before the dependencies are ready: conditions about the instance alone.
    private static List<Part.Computed> includeWhen(Node node, boolean ready) {
        return ready
                ? node.includeWhen()
                : node.includeWhen().stream()
                        .filter(one -> one.expression().roots().stream().allMatch("schema"::equals))
                        .toList();
    }

    private static NodeReport skipped(Node node, String reason) {
        return report(node, List.of(), NodeState.SKIPPED, reason);
    }

    private String awaited(Node node) {
        return node.dependencies().stream()
                .filter(id -> !isDone(node, id))
                .collect(Collectors.joining(", "));
    }

    private NodeReport made(Node node) {
        try {
            return switch (node.role()) {
                case Role.One _ -> one(node);
                case Role.Each each -> each(node, each);
                case Role.Named _ -> named(node);
                case Role.Selected _ -> selected(node);
            };
        } catch (ProblemException e) {
            return report(node, placement.of(node), NodeState.ERROR, e.problem().message());
        }
    }

    private NodeReport one(Node node) {
        return switch (Renderer.render(node.template(), data, allowance)) {
            case Rendering.Rendered(var tree) -> place(node, tree);
            case Rendering.Pending(var notes) -> pending(node, Rendering.sentence(notes));
            case Rendering.Broken(var notes) ->
                    report(node, placement.of(node), NodeState.ERROR, Rendering.sentence(notes));
        };
    }

    private NodeReport pending(Node node, String what) {
        return report(node, placement.of(node), NodeState.IN_PROGRESS, "waits for data: " + what);
    }

    /// Whether a node need not wait for another any more.
    private boolean isDone(Node node, String id) {
        return is(id, NodeState.SYNCED)
                || (is(id, NodeState.SKIPPED) && node.follows().contains(id));
    }

    private boolean is(String id, NodeState state) {
        var report = reports.get(id);
        return report != null && report.state() == state;
    }

    private NodeReport place(Node node, Map<String, Object> tree) {
        var member = placement.of(node, new Resource(tree));
        var objection = objection(node, tree, member);
        if (objection.isPresent()) {
            return report(node, member.stream().toList(), NodeState.ERROR, objection.get());
        }
        var members = List.of(member.orElseThrow());
        record(members);
        return switch (maker.make(node, members.getFirst(), tree, Map.of())) {
            case Made.There(var resource) -> {
                data.put(node.id(), resource.tree());
                yield readiness(node, members);
            }
            case Made.Missing(var message) ->
                    report(node, members, NodeState.WAITING_FOR_READINESS, message);
            case Made.Going(var message) -> report(node, members, NodeState.DELETING, message);
            case Made.Refused(var message) -> report(node, members, NodeState.ERROR, message);
        };
    }

    /// Why a rendered resource cannot be one of this node's.
    private Optional<String> objection(
            Node node, Map<String, Object> tree, Optional<Member> member) {
        if (member.isEmpty()) {
            return Optional.of(
                    (new Resource(tree).name().isEmpty() ? "metadata.name" : "metadata.namespace")
                            + " is empty");
        }
        var other = claimed.putIfAbsent(member.get().key(), node.id());
        return Optional.ofNullable(other)
                .map(id ->
                        id.equals(node.id())
                                ? "two items are %s: duplicate identity"
                                        .formatted(member.get().title())
                                : "%s is made by node %s already"
                                        .formatted(member.get().title(), id));
    }

    private NodeReport each(Node node, Role.Each each) {
        return switch (Loops.of(each, data, allowance)) {
            case Loops.Items(var items) -> items(node, items);
            case Loops.Pending(var note) -> pending(node, note.toString());
            case Loops.Broken(var note) ->
                    report(node, List.of(), NodeState.ERROR, note.toString());
        };
    }

    /// Renders all items before the first of them is made: nothing is made of a collection that is wrong.
    private NodeReport items(Node node, List<Map<String, Object>> items) {
        var members = new ArrayList<Member>();
        var trees = new ArrayList<Map<String, Object>>();
        for (var item : items) {
            switch (Renderer.render(node.template(), item, allowance)) {
                case Rendering.Rendered(var tree) -> {
                    var member = placement.of(node, new Resource(tree));
                    var objection = objection(node, tree, member);
                    if (objection.isPresent()) {
                        return report(node, members, NodeState.ERROR, at(trees, objection.get()));
                    }
                    members.add(member.orElseThrow());
                    trees.add(tree);
                }
                case Rendering.Pending(var notes) -> {
                    return pending(node, at(trees, Rendering.sentence(notes)));
                }
                case Rendering.Broken(var notes) -> {
                    var sentence = at(trees, Rendering.sentence(notes));
                    return report(node, members, NodeState.ERROR, sentence);
                }
            }
        }
        record(members);
        return items(node, members, trees);
    }

    /// Before they are made; what has no namespace to be in waits for that.
    private void record(List<Member> members) {
        recorder.record(members);
        members.stream()
                .map(member -> member.key().namespace())
                .filter(name -> !name.isEmpty() && !name.equals(instance.namespace()))
                .distinct()
                .map(name -> NAMESPACES.resource("", name))
                .filter(key -> resources.state().get(key).isEmpty())
                .forEach(recorder::look);
    }

    private static String at(List<?> done, String message) {
        return "item %d: %s".formatted(done.size(), message);
    }

    private NodeReport items(Node node, List<Member> members, List<Map<String, Object>> trees) {
        var there = new ArrayList<Map<String, Object>>();
        var missing = new ArrayList<String>();
        var refused = new ArrayList<String>();
        var going = new ArrayList<String>();
        for (var made : fanout.all(makes(node, members, trees))) {
            switch (made) {
                case Made.There(var resource) -> there.add(resource.tree());
                case Made.Missing(var message) -> missing.add(message);
                case Made.Going(var message) -> going.add(message);
                case Made.Refused(var message) -> refused.add(message);
            }
        }
        data.put(node.id(), there);
        if (!refused.isEmpty()) {
            return report(node, members, NodeState.ERROR, some(refused));
        }
        if (!going.isEmpty()) {
            return report(node, members, NodeState.DELETING, some(going));
        }
        return missing.isEmpty()
                ? readiness(node, members, there)
                : report(node, members, NodeState.WAITING_FOR_READINESS, some(missing));
    }

    private List<Supplier<Made>> makes(
            Node node, List<Member> members, List<Map<String, Object>> trees) {
        return IntStream.range(0, members.size())
                .<Supplier<Made>>mapToObj(i ->
                        () -> {
                            var labels = Ownership.itemLabels(i, members.size());
                            return maker.make(node, members.get(i), trees.get(i), labels);
                        })
                .toList();
    }

    /// The first few of many messages.
    private static String some(List<String> messages) {
        var told = messages.stream().limit(TOLD).collect(Collectors.joining("; "));
        return messages.size() <= TOLD
                ? told
                : told + "; and %d more".formatted(messages.size() - TOLD);
    }

    private NodeReport named(Node node) {
        return switch (Renderer.render(node.template(), data, allowance)) {
            case Rendering.Rendered(var tree) -> named(node, tree);
            case Rendering.Pending(var notes) -> pending(node, Rendering.sentence(notes));
            case Rendering.Broken(var notes) ->
                    report(node, List.of(), NodeState.ERROR, Rendering.sentence(notes));
        };
    }

    private NodeReport named(Node node, Map<String, Object> tree) {
        var member = placement.of(node, new Resource(tree));
        if (member.isEmpty()) {
            return report(
                    node,
                    List.of(),
                    NodeState.ERROR,
                    (new Resource(tree).name().isEmpty() ? "metadata.name" : "metadata.namespace")
                            + " of the external reference is empty");
        }
        var members = List.of(member.get());
        recorder.look(member.get().key());
        var found = maker.read(node, member.get().key());
        if (found.isEmpty()) {
            return report(
                    node,
                    members,
                    NodeState.WAITING_FOR_READINESS,
                    "waiting for external reference: there is no %s (%s)"
                            .formatted(member.get().title(), node.apiVersion()));
        }
        data.put(node.id(), found.get().tree());
        return readiness(node, members);
    }

    private NodeReport selected(Node node) {
        return switch (Renderer.render(node.template(), data, allowance)) {
            case Rendering.Rendered(var tree) -> selected(node, new Resource(tree));
            case Rendering.Pending(var notes) -> pending(node, Rendering.sentence(notes));
            case Rendering.Broken(var notes) ->
                    report(node, List.of(), NodeState.ERROR, Rendering.sentence(notes));
        };
    }

    private NodeReport selected(Node node, Resource reference) {
        var selection =
                new Interests.Selection(
                        node.stored(),
                        node.namespaced() ? reference.namespace() : "",
                        Json.object(reference.metadata(), "selector"));
        recorder.look(node.id(), selection);
        Set<ResourceKey> keys = new LinkedHashSet<>();
        selection.in(resources.state()).forEach(stored -> keys.add(stored.key()));
        selected.put(selection, keys);
        var found = maker.read(node, selection, keys);
        data.put(node.id(), found.stream().map(Resource::tree).toList());
        var members = found.stream().flatMap(one -> placement.of(node, one).stream()).toList();
        return readiness(node, members, found.stream().map(Resource::tree).toList());
    }

    private NodeReport readiness(Node node, List<Member> members) {
        return readiness(node, members, members.getFirst().title(), data)
                .or(() ->
                        data.get(node.id()) instanceof Map<?, ?> tree
                                ? inner(node, members, List.of(Json.cast(tree)))
                                : Optional.empty())
                .orElseGet(() -> report(node, members, NodeState.SYNCED, ""));
    }

    /// All items are ready when each is; conditions of a selection may also read the list itself.
    private NodeReport readiness(Node node, List<Member> members, List<Map<String, Object>> items) {
        if (node.readyWhen().isEmpty()) {
            return inner(node, members, items)
                    .orElseGet(() -> report(node, members, NodeState.SYNCED, ""));
        }
        var item = new HashMap<>(data);
        for (int i = 0; i < items.size(); i++) {
            item.put(EACH, items.get(i));
            var unready = readiness(node, members, members.get(i).title(), item);
            if (unready.isPresent()) {
                return unready.get();
            }
        }
        return report(node, members, NodeState.SYNCED, "");
    }

    /// The report on instances of other graphs that are not active, where the author does not say when they are ready.
    private static Optional<NodeReport> inner(
            Node node, List<Member> members, List<Map<String, Object>> trees) {
        if (!node.readyWhen().isEmpty() || !node.role().isMade() || node.policy().contributes()) {
            return Optional.empty();
        }
        var waiting = new ArrayList<String>();
        for (int i = 0; i < trees.size(); i++) {
            var resource = new Resource(trees.get(i));
            if (Labels.isOfSomeDefinition(resource) && !InstanceStatus.isActive(resource)) {
                waiting.add(members.get(i).title() + InstanceStatus.why(resource));
            }
        }
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        report(node, members, NodeState.WAITING_FOR_READINESS, some(waiting)));
    }

    /// The report on a resource that is not ready; empty when it is.
    private Optional<NodeReport> readiness(
            Node node, List<Member> members, String title, Map<String, Object> data) {
        return switch (When.of(node.readyWhen(), data, allowance)) {
            case When.Holds _ -> Optional.empty();
            case When.Fails(var condition) ->
                    Optional.of(
                            report(
                                    node,
                                    members,
                                    NodeState.WAITING_FOR_READINESS,
                                    "%s is not ready: %s does not hold: %s"
                                            .formatted(
                                                    title,
                                                    condition.path(),
                                                    condition.expression().source())));
            case When.Awaits(var condition, var reason) ->
                    Optional.of(
                            report(
                                    node,
                                    members,
                                    NodeState.WAITING_FOR_READINESS,
                                    "%s is not ready: %s: %s"
                                            .formatted(title, condition.path(), reason)));
            case When.Breaks(var condition, var message) ->
                    Optional.of(
                            report(
                                    node,
                                    members,
                                    NodeState.ERROR,
                                    condition.path() + ": " + message));
        };
    }

    /// The revisions of the resources that were found or made right.
    Map<ResourceKey, Long> seen() {
        return maker.seen();
    }

    /// What selectors found.
    Map<Interests.Selection, Set<ResourceKey>> selected() {
        return selected;
    }

    /// What the author says in place of the conditions, if anything; call after [#run(Consumer)].
    Optional<AuthorConditions.Result> conditions(List<Condition> builtIn) {
        return graph.conditions().isEmpty()
                ? Optional.empty()
                : Optional.of(AuthorConditions.of(graph.conditions(), data, builtIn, allowance));
    }

    /// The author's part of the status, as far as its data are there; call after [#run(Consumer)].
    AuthorStatus.Result status() {
        var skipped =
                reports.values().stream()
                        .filter(report -> report.state() == NodeState.SKIPPED)
                        .map(report -> report.node().id())
                        .collect(Collectors.toSet());
        return AuthorStatus.of(graph.status(), data, instance.status(), skipped, allowance);
    }

    private static NodeReport report(
            Node node, List<Member> members, NodeState state, String message) {
        return new NodeReport(node, members, state, message);
    }
}
