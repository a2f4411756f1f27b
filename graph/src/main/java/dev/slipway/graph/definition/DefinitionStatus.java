package dev.slipway.graph.definition;

import dev.slipway.graph.compile.Compiled;
import dev.slipway.graph.compile.Graph;
import dev.slipway.graph.compile.Node;
import dev.slipway.graph.condition.Condition;
import dev.slipway.graph.condition.Conditions;
import dev.slipway.graph.findings.Completion;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a look at a definition found out, and the status that says so.
///
/// @param kind whether the generated kind is served: condition `KindReady`
/// @param revision the number of the last revision that was issued; 0 for none
record DefinitionStatus(Compiled compiled, Condition kind, long revision, boolean unbounded) {
    private static final String VALID = "the graph is valid";

    private static final String AWAITING = "AwaitingReconciliation";

    private static final String UNBOUNDED =
            VALID
                    + "; no author of it is noted, so that its resources are made with the platform's own rights: who holds what it makes and writes to it becomes its author";

    static Condition served() {
        return Condition.holds("KindReady", "Ready", "the kind is served");
    }

    static Condition notYet() {
        return Condition.unknown("KindReady", AWAITING, "the kind is not established yet");
    }

    static Condition failed(String message) {
        return Condition.fails("KindReady", "Failed", message);
    }

    /// The kind is not made, because the graph was not accepted.
    static Condition skipped() {
        return Condition.unknown("KindReady", AWAITING, "the graph was not accepted");
    }

    /// The whole `status` of the definition.
    Map<String, Object> tree(Resource definition, Instant now) {
        var conditions = Conditions.withReady(conditions());
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("state", conditions.getLast().holds() ? "Active" : "Inactive");
        status.put("observedGeneration", definition.generation());
        if (revision > 0) {
            status.put("lastIssuedRevision", revision);
        }
        if (compiled instanceof Compiled.Accepted(var graph)) {
            describe(graph, status);
        }
        status.put("conditions", Conditions.trees(conditions, definition, now));
        return Json.copy(status);
    }

    private List<Condition> conditions() {
        return switch (compiled) {
            case Compiled.Accepted _ ->
                    List.of(
                            Condition.holds(
                                    "GraphRevisionsResolved",
                                    "Resolved",
                                    "revision %d compiled and active".formatted(revision)),
                            Condition.holds(
                                    "GraphAccepted", "Valid", unbounded ? UNBOUNDED : VALID),
                            kind,
                            kind.holds()
                                    ? Condition.holds(
                                            "ControllerReady", "Running", "instances are served")
                                    : Condition.unknown("ControllerReady", AWAITING, ""));
            case Compiled.Rejected rejected ->
                    List.of(
                            Condition.fails(
                                    "GraphRevisionsResolved",
                                    "Failed",
                                    "the graph does not compile"),
                            Condition.fails(
                                    "GraphAccepted", "InvalidResourceGraph", rejected.message()),
                            kind,
                            Condition.unknown("ControllerReady", AWAITING, ""));
        };
    }

    private static void describe(Graph graph, Map<String, Object> status) {
        status.put("topologicalOrder", graph.nodes().stream().map(Node::id).toList());
        var dependent =
                graph.nodes().stream()
                        .filter(node -> !node.dependencies().isEmpty())
                        .map(DefinitionStatus::dependencies)
                        .toList();
        if (!dependent.isEmpty()) {
            status.put("resources", dependent);
        }
        if (!graph.completions().isEmpty()) {
            status.put("completions", graph.completions().stream().map(Completion::tree).toList());
        }
    }

    private static Map<String, Object> dependencies(Node node) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", node.id());
        tree.put(
                "dependencies",
                node.dependencies().stream().map(id -> Map.<String, Object>of("id", id)).toList());
        return tree;
    }
}
