package dev.slipway.cluster.rule;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Pace;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is wrong with the rules of a cluster, each with its place.
public final class RuleCheck {
    private static final Set<String> FIELDS =
            Set.of("apiVersion", "kind", "when", "phases", "faults");
    private static final Set<String> PHASE_FIELDS =
            Set.of("name", "after", "status", "object", "creates");

    private final Templates templates = new Templates();
    private final List<FieldCause> causes = new ArrayList<>();

    private RuleCheck() {}

    /// All that is wrong with rules.
    ///
    /// @param path where they stand
    public static List<FieldCause> of(List<Map<String, Object>> rules, String path) {
        if (rules.isEmpty()) {
            return List.of();
        }
        var check = new RuleCheck();
        for (int i = 0; i < rules.size(); i++) {
            check.rule(rules.get(i), path + "[" + i + "]");
        }
        return check.causes;
    }

    private void rule(Map<String, Object> tree, String path) {
        unknown(tree, FIELDS, path);
        for (var field : List.of("apiVersion", "kind")) {
            required(tree, field, path);
        }
        if (ClusterKinds.isPlayedByItself(
                Json.string(tree, "apiVersion"), Json.string(tree, "kind"))) {
            causes.add(
                    FieldCause.forbidden(
                            path + ".kind",
                            Json.string(tree, "kind") + " is played without a rule"));
        }
        if (tree.get("when") instanceof String source) {
            templates.checkExpression(source, path + ".when", causes);
        }
        var phases = Tree.objects(tree, "phases");
        if (phases.isEmpty()) {
            causes.add(FieldCause.required(path + ".phases", "at least one"));
        }
        if (phases.size() > Rule.MAX_PHASES) {
            causes.add(
                    FieldCause.invalid(
                            path + ".phases",
                            (long) phases.size(),
                            "must have at most " + Rule.MAX_PHASES + " items"));
        }
        phases(phases, path + ".phases");
        phases(Tree.objects(tree, "faults"), path + ".faults");
    }

    private void phases(List<Map<String, Object>> phases, String path) {
        var names = new HashSet<String>();
        for (int i = 0; i < phases.size(); i++) {
            var phase = phases.get(i);
            var place = path + "[" + i + "]";
            required(phase, "name", place);
            if (!names.add(Json.string(phase, "name"))) {
                causes.add(
                        FieldCause.invalid(
                                place + ".name", Json.string(phase, "name"), "is there twice"));
            }
            phase(phase, place);
        }
    }

    private void phase(Map<String, Object> phase, String path) {
        unknown(phase, PHASE_FIELDS, path);
        try {
            if (Phase.of(phase).after(Pace.QUICK).isNegative()) {
                throw new IllegalArgumentException("negative");
            }
        } catch (IllegalArgumentException _) {
            causes.add(
                    FieldCause.invalid(
                            path + ".after",
                            Json.string(phase, "after"),
                            "must be a duration such as 500ms, or schedule, start, ready, run or provision"));
        }
        for (var field : List.of("status", "object", "creates")) {
            templates.check(phase.get(field), path + "." + field, causes);
        }
        var creates = Tree.objects(phase, "creates");
        for (int i = 0; i < creates.size(); i++) {
            for (var field : List.of("apiVersion", "kind")) {
                required(creates.get(i), field, path + ".creates[" + i + "]");
                plain(creates.get(i), field, path + ".creates[" + i + "]");
            }
        }
    }

    private void required(Map<String, Object> tree, String field, String path) {
        if (Json.string(tree, field).isEmpty()) {
            causes.add(FieldCause.required(path + "." + field, ""));
        }
    }

    /// What kind it is must be known to who checks the rights to it.
    private void plain(Map<String, Object> tree, String field, String path) {
        if (Json.string(tree, field).contains("${")) {
            causes.add(
                    FieldCause.invalid(
                            path + "." + field,
                            Json.string(tree, field),
                            "must be written out, not worked out"));
        }
    }

    private void unknown(Map<String, Object> tree, Set<String> known, String path) {
        tree.keySet().stream()
                .filter(key -> !known.contains(key))
                .forEach(key ->
                        causes.add(
                                FieldCause.forbidden(
                                        path + "." + key, "a rule has no such field")));
    }
}
