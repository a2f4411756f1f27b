package dev.slipway.graph;

import dev.slipway.graph.compile.Graph;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.schema.Defaulting;
import dev.slipway.kernel.schema.Pruning;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.schema.Validation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the instances that would not be right by a new shape of their kind, and says why.
final class BrokenInstances {
    /// How many instances are looked at.
    static final int MAX_EXAMINED = 10_000;

    /// How many of them are named.
    static final int MAX_NAMED = 10;

    private BrokenInstances() {}

    /// One sentence about all of them; empty where none breaks.
    static Optional<FieldCause> by(Graph graph, State state) {
        var instances = state.list(graph.definition().instances());
        var broken = new ArrayList<String>();
        instances.stream().limit(MAX_EXAMINED).forEach(one -> tell(one, graph, broken));
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        var named = String.join("; ", broken.subList(0, Math.min(MAX_NAMED, broken.size())));
        var more =
                broken.size() > MAX_NAMED
                        ? "; and %d more".formatted(broken.size() - MAX_NAMED)
                        : "";
        return Optional.of(
                FieldCause.forbidden(
                        "spec.schema",
                        "%d of %d instances of %s would break: %s%s"
                                .formatted(
                                        broken.size(),
                                        instances.size(),
                                        graph.definition().kind(),
                                        named,
                                        more)));
    }

    private static void tell(StoredObject stored, Graph graph, List<String> broken) {
        var tree = stored.resource().tree();
        tree.keySet().retainAll(List.of("apiVersion", "kind", "metadata", "spec"));
        var reasons = reasons(tree, graph);
        if (!reasons.isEmpty()) {
            broken.add(name(stored.key()) + ": " + String.join(", ", reasons));
        }
    }

    private static List<String> reasons(Map<String, Object> tree, Graph graph) {
        var lost =
                Pruning.unknown(Json.object(tree, "spec"), specOf(graph)).stream()
                        .map(path -> "spec." + path + " would be lost");
        Defaulting.apply(tree, graph.schema());
        var wrong =
                Validation.check(Json.object(tree, "spec"), specOf(graph), "spec").stream()
                        .map(FieldCause::toString);
        return Stream.concat(lost, wrong).distinct().toList();
    }

    private static Schema specOf(Graph graph) {
        var spec = graph.schema().property("spec");
        return spec == null ? Schema.ANY : spec;
    }

    private static String name(ResourceKey key) {
        return key.namespace().isEmpty() ? key.name() : key.namespace() + "/" + key.name();
    }
}
