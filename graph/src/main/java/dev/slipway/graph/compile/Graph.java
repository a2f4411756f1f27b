package dev.slipway.graph.compile;

import dev.slipway.graph.findings.Completion;
import dev.slipway.kernel.schema.Schema;
import java.util.List;
import java.util.Map;

/// A definition that was found right, ready to be evaluated for any number of instances.
///
/// @param schema the shape of an instance
/// @param crd the custom resource definition that serves instances, without ownership
/// @param nodes in the order in which they are applied
/// @param status the author's part of an instance's status
/// @param conditions what gives an instance's conditions in place of the engine's; empty: those stay
/// @param propagation what resources take over from their instance
/// @param completions what its author left out
public record Graph(
        Definition definition,
        Schema schema,
        Map<String, Object> crd,
        List<Node> nodes,
        Part.Fields status,
        List<Part.Computed> conditions,
        Propagation propagation,
        List<Completion> completions) {
    public Graph {
        nodes = List.copyOf(nodes);
        conditions = List.copyOf(conditions);
        completions = List.copyOf(completions);
    }

    /// The same for a definition that says the same.
    Graph of(Definition other) {
        return new Graph(other, schema, crd, nodes, status, conditions, propagation, completions);
    }
}
