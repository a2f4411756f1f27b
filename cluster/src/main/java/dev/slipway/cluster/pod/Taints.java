package dev.slipway.cluster.pod;

import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The taints of a node, by which it keeps pods away that do not tolerate them.
///
/// @param all as they stand in the node's spec
record Taints(List<Map<String, Object>> all) {
    static final String NO_SCHEDULE = "NoSchedule";
    static final String NO_EXECUTE = "NoExecute";

    private static final Set<String> HARD = Set.of(NO_SCHEDULE, NO_EXECUTE);

    private static final Map<String, Object> CLOSED =
            Tree.of("key", "node.kubernetes.io/unschedulable", "effect", NO_SCHEDULE);

    /// The taint that keeps new pods of a spec away, if there is one.
    Optional<Map<String, Object>> against(Map<String, Object> spec) {
        return all.stream()
                .filter(taint -> HARD.contains(Json.string(taint, "effect")))
                .filter(taint -> tolerations(spec, taint).isEmpty())
                .findFirst();
    }

    /// How many taints would rather keep pods of a spec away.
    long reluctance(Map<String, Object> spec) {
        return all.stream()
                .filter(taint -> "PreferNoSchedule".equals(taint.get("effect")))
                .filter(taint -> tolerations(spec, taint).isEmpty())
                .count();
    }

    /// For how many seconds a pod that runs may stay, by the taint that ends its stay; nothing where it may for good.
    Map<String, Long> stays(Map<String, Object> spec) {
        var stays = new LinkedHashMap<String, Long>();
        all.stream()
                .filter(taint -> NO_EXECUTE.equals(taint.get("effect")))
                .forEach(taint ->
                        stay(tolerations(spec, taint))
                                .ifPresent(seconds -> stays.put(text(taint), seconds)));
        return stays;
    }

    private static Optional<Long> stay(List<Map<String, Object>> tolerations) {
        if (tolerations.isEmpty()) {
            return Optional.of(0L);
        }
        return tolerations.stream()
                .flatMap(one ->
                        one.get("tolerationSeconds") instanceof Long seconds
                                ? Optional.of(Math.max(0, seconds)).stream()
                                : Optional.<Long>empty().stream())
                .min(Long::compare);
    }

    /// Whether pods of a spec do not mind that a node is closed.
    static boolean isForClosed(Map<String, Object> spec) {
        return !tolerations(spec, CLOSED).isEmpty();
    }

    private static List<Map<String, Object>> tolerations(
            Map<String, Object> spec, Map<String, Object> taint) {
        var tolerations = new ArrayList<Map<String, Object>>();
        for (var one : Tree.objects(spec, "tolerations")) {
            if (tolerates(one, taint)) {
                tolerations.add(one);
            }
        }
        return tolerations;
    }

    private static boolean tolerates(Map<String, Object> toleration, Map<String, Object> taint) {
        var effect = Json.string(toleration, "effect");
        var key = Json.string(toleration, "key");
        if ((!effect.isEmpty() && !effect.equals(taint.get("effect")))
                || (!key.isEmpty() && !key.equals(taint.get("key")))) {
            return false;
        }
        return "Exists".equals(toleration.get("operator"))
                || Json.string(toleration, "value").equals(Json.string(taint, "value"));
    }

    /// `{dedicated: batch}`, as schedulers tell it.
    static String text(Map<String, Object> taint) {
        return "{%s: %s}".formatted(Json.string(taint, "key"), Json.string(taint, "value"));
    }
}
