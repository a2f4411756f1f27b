package dev.slipway.cluster.rule;

import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the objects of one kind are played.
///
/// @param when which of them, as an expression; empty for all
/// @param phases one after the other
/// @param faults what goes wrong on request, by name
record Rule(String apiVersion, String kind, String when, List<Phase> phases, List<Phase> faults) {
    /// How many phases a rule may have.
    static final int MAX_PHASES = 20;

    Rule {
        phases = List.copyOf(phases);
        faults = List.copyOf(faults);
    }

    static Rule of(Map<String, Object> tree) {
        return new Rule(
                Json.string(tree, "apiVersion"),
                Json.string(tree, "kind"),
                Json.string(tree, "when"),
                Tree.objects(tree, "phases").stream().map(Phase::of).toList(),
                Tree.objects(tree, "faults").stream().map(Phase::of).toList());
    }

    boolean isFor(String otherVersion, String otherKind) {
        return apiVersion.equals(otherVersion) && kind.equals(otherKind);
    }

    Optional<Phase> fault(String name) {
        return faults.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
