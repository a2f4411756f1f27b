package dev.slipway.graph.instance;

import dev.slipway.graph.compile.Graph;
import dev.slipway.graph.compile.Node;
import dev.slipway.graph.compile.Part;
import dev.slipway.graph.write.Writes;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.schema.Defaulting;
import dev.slipway.kernel.store.StoredObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One pass over the nodes of an instance: renders each whose dependencies are there, and applies it.
///
/// A node that fails holds up what depends on it and nothing else. Used once, by one thread.
final class Pass {
    private final Graph graph;
    private final Resource instance;
    private final Resources resources;
    private final Writes writes;
    private final Recorder recorder;
    private final Applied applied;
    private final Map<ResourceKey, Long> seen = new HashMap<>();
    private final Map<String, Object> data = new HashMap<>();
    private final Map<String, NodeReport> reports = new LinkedHashMap<>();
    private final Map<ResourceKey, String> claimed = new HashMap<>();
    private final Placement placement;

    /// @param recorder keeps the inventory on the instance
    /// @param applied what earlier passes have applied
    Pass(
            Graph graph,
            Resource instance,
            Resources resources,
            Writes writes,
            Recorder recorder,
            Applied applied) {
        this.graph = graph;
        this.instance = instance;
        this.resources = resources;
        this.writes = writes;
        this.recorder = recorder;
        this.applied = applied;
        data.put("schema", schema(graph, instance));
        placement = new Placement(graph, instance, data);
    }

    /// What expressions see of the instance: without its status, with the defaults of the graph as it is now.
    private static Map<String, Object> schema(Graph graph, Resource instance) {
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
    List<NodeReport> run() {
        for (var node : graph.nodes()) {
            reports.put(node.id(), look(node));
        }
        return List.copyOf(reports.values());
    }

    private NodeReport look(Node node) {
        var left = node.dependencies().stream().filter(id -> is(id, NodeState.SKIPPED)).findFirst();
        if (left.isPresent()) {
            return skipped(node, "left out with " + left.get());
        }
        var ready = node.dependencies().stream().allMatch(id -> is(id, NodeState.SYNCED));
        return switch (When.of(includeWhen(node, ready), data)) {
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
        return report(node, Optional.empty(), NodeState.SKIPPED, reason);
    }

    private String awaited(Node node) {
        return node.dependencies().stream()
                .filter(id -> !is(id, NodeState.SYNCED))
                .collect(Collectors.joining(", "));
    }

    private NodeReport made(Node node) {
        return switch (Renderer.render(node.template(), data)) {
            case Rendering.Rendered(var tree) -> place(node, tree);
            case Rendering.Pending(var notes) ->
                    report(
                            node,
                            placement.of(node),
                            NodeState.IN_PROGRESS,
                            "waits for data: " + Rendering.sentence(notes));
            case Rendering.Broken(var notes) ->
                    report(node, placement.of(node), NodeState.ERROR, Rendering.sentence(notes));
        };
    }

    private boolean is(String id, NodeState state) {
        var report = reports.get(id);
        return report != null && report.state() == state;
    }

    private NodeReport place(Node node, Map<String, Object> tree) {
        var member = placement.of(node, new Resource(tree));
        if (member.isEmpty()) {
            var field =
                    new Resource(tree).name().isEmpty() ? "metadata.name" : "metadata.namespace";
            return report(node, member, NodeState.ERROR, field + " is empty");
        }
        var other = claimed.putIfAbsent(member.get().key(), node.id());
        if (other != null) {
            return report(
                    node,
                    member,
                    NodeState.ERROR,
                    "%s is made by node %s already".formatted(member.get().title(), other));
        }
        try {
            return make(node, member.get(), tree);
        } catch (ProblemException e) {
            return report(node, member, NodeState.ERROR, sentence(e.problem()));
        }
    }

    private NodeReport make(Node node, Member member, Map<String, Object> tree) {
        recorder.record(member);
        var stored = resources.state().get(member.key());
        var live = stored.map(StoredObject::resource);
        var objection = live.flatMap(found -> objection(member, found));
        if (objection.isPresent()) {
            return report(node, Optional.of(member), NodeState.ERROR, objection.get());
        }
        if (live.filter(Resource::terminating).isPresent()) {
            return report(
                    node,
                    Optional.of(member),
                    NodeState.DELETING,
                    member.title() + " is being deleted; it is made anew afterwards");
        }
        var served = served(node);
        var configuration = configuration(member, tree);
        var digest = Applied.Digest.of(configuration);
        var isSo = stored.filter(found -> applied.isSo(found, served.kind(), digest)).isPresent();
        var made =
                isSo
                        ? as(served, live.orElseThrow())
                        : apply(member, served, configuration, digest);
        seen.put(member.key(), Long.parseLong(made.resourceVersion()));
        data.put(node.id(), made.tree());
        return readiness(node, member);
    }

    private NodeReport readiness(Node node, Member member) {
        return switch (When.of(node.readyWhen(), data)) {
            case When.Holds _ -> report(node, Optional.of(member), NodeState.SYNCED, "");
            case When.Fails(var condition) ->
                    report(
                            node,
                            Optional.of(member),
                            NodeState.WAITING_FOR_READINESS,
                            "%s is not ready: %s does not hold: %s"
                                    .formatted(
                                            member.title(),
                                            condition.path(),
                                            condition.expression().source()));
            case When.Awaits(var condition, var reason) ->
                    report(
                            node,
                            Optional.of(member),
                            NodeState.WAITING_FOR_READINESS,
                            "%s is not ready: %s: %s"
                                    .formatted(member.title(), condition.path(), reason));
            case When.Breaks(var condition, var message) ->
                    report(
                            node,
                            Optional.of(member),
                            NodeState.ERROR,
                            condition.path() + ": " + message);
        };
    }

    /// The revisions of the resources that were found or made right.
    Map<ResourceKey, Long> seen() {
        return seen;
    }

    /// The author's part of the status, as far as its data are there; call after [#run()].
    AuthorStatus.Result status() {
        var skipped =
                reports.values().stream()
                        .filter(report -> report.state() == NodeState.SKIPPED)
                        .map(report -> report.node().id())
                        .collect(Collectors.toSet());
        return AuthorStatus.of(graph.status(), data, instance.status(), skipped);
    }

    /// Why a resource that is there may not be touched: it is not this instance's.
    private Optional<String> objection(Member member, Resource live) {
        var set = live.label(ApplySet.PART_OF).orElse("");
        if (set.equals(ApplySet.id(instance))
                || (set.isEmpty() && Ownership.isOf(live, instance))) {
            return Optional.empty();
        }
        return Optional.of(
                set.isEmpty()
                        ? "%s exists and is not part of this instance: it is left as it is (conflict)"
                                .formatted(member.title())
                        : "%s belongs to another instance, ApplySet %s: it is left as it is (conflict)"
                                .formatted(member.title(), set));
    }

    private Served served(Node node) {
        return resources
                .kinds()
                .byKind(node.apiVersion(), node.kind())
                .orElseThrow(() ->
                        Problem.of(
                                        Problem.Reason.NOT_FOUND,
                                        "the kind %s of %s is not served"
                                                .formatted(node.kind(), node.apiVersion()))
                                .exception());
    }

    /// The same tree under the version that the graph names.
    private static Resource as(Served served, Resource live) {
        live.tree().put("apiVersion", served.apiVersion());
        live.tree().put("kind", served.names().kind());
        return live;
    }

    private Map<String, Object> configuration(Member member, Map<String, Object> tree) {
        var configuration = Json.copy(tree);
        if (!member.key().namespace().isEmpty()) {
            Json.child(configuration, "metadata").put("namespace", member.key().namespace());
        }
        Ownership.mark(configuration, member, instance);
        return configuration;
    }

    private Resource apply(
            Member member,
            Served served,
            Map<String, Object> configuration,
            Applied.Digest digest) {
        var made = writes.apply(served, configuration);
        applied.put(member.key(), served.kind(), digest, made.resourceVersion());
        return made;
    }

    private static NodeReport report(
            Node node, Optional<Member> member, NodeState state, String message) {
        return new NodeReport(node, member, state, message);
    }

    private static String sentence(Problem problem) {
        return problem.causes().isEmpty()
                ? problem.message()
                : problem.causes().stream().map(Object::toString).collect(Collectors.joining("; "));
    }
}
