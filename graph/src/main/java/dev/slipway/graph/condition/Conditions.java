package dev.slipway.graph.condition;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes conditions into a status: the time of the last transition stays as long as a status does.
public final class Conditions {
    private static final String READY = "Ready";

    private Conditions() {}

    /// The given conditions and `Ready`, which holds when all of them do and else tells the first that does not.
    public static List<Condition> withReady(List<Condition> conditions) {
        var all = new ArrayList<>(conditions);
        all.add(
                worst(conditions)
                        .map(worst ->
                                new Condition(
                                        READY, worst.status(), worst.reason(), worst.message()))
                        .orElseGet(() -> Condition.holds(READY, READY, "")));
        return all;
    }

    /// False outranks Unknown.
    private static Optional<Condition> worst(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> condition.status().equals("False"))
                .findFirst()
                .or(() -> conditions.stream().filter(condition -> !condition.holds()).findFirst());
    }

    /// The list for `status.conditions` of a resource, at its generation.
    public static List<Object> trees(List<Condition> conditions, Resource resource, Instant now) {
        return conditions.stream().<Object>map(one -> tree(one, resource, now)).toList();
    }

    private static Map<String, Object> tree(Condition condition, Resource resource, Instant now) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", condition.type());
        tree.put("status", condition.status());
        tree.put("reason", condition.reason());
        tree.put("message", condition.message());
        tree.put("lastTransitionTime", time(condition, resource, now));
        tree.put("observedGeneration", resource.generation());
        return tree;
    }

    private static String time(Condition condition, Resource resource, Instant now) {
        return Json.list(resource.status(), "conditions").stream()
                .filter(Map.class::isInstance)
                .map(old -> Json.cast((Map<?, ?>) old))
                .filter(old -> Json.string(old, "type").equals(condition.type()))
                .filter(old -> Json.string(old, "status").equals(condition.status()))
                .map(old -> Json.string(old, "lastTransitionTime"))
                .filter(time -> !time.isEmpty())
                .findFirst()
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
