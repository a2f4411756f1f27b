package dev.slipway.graph.instance;

import dev.slipway.expression.Value;
import dev.slipway.graph.compile.Part;
import dev.slipway.graph.condition.Condition;
import dev.slipway.graph.instance.Rendering.Note;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One evaluation of the author's conditions, each entry on its own, so that one that fails hides no other.
///
/// Used once, by one thread.
final class AuthorConditions {
    private static final Set<String> STATUSES = Set.of("True", "False", "Unknown");

    /// @param made by type
    /// @param awaitsAny whether an entry that does not name its types waits for data: what it made before stays
    /// @param awaited the types of which it waits for data: what they were before they stay
    /// @param errors the entries that cannot be evaluated
    record Result(
            Map<String, Condition> made,
            boolean awaitsAny,
            Set<String> awaited,
            List<Note> errors) {
        /// Whether a condition that was there and was not made again stays.
        boolean keeps(String type) {
            return !made.containsKey(type) && (awaitsAny || awaited.contains(type));
        }
    }

    private final Map<String, Object> data;
    private final Allowance allowance;
    private final Map<String, Condition> made = new LinkedHashMap<>();
    private final Set<String> awaited = new LinkedHashSet<>();
    private final List<Note> errors = new ArrayList<>();
    private boolean awaitsAny;

    private AuthorConditions(Map<String, Object> data, Allowance allowance) {
        this.data = data;
        this.allowance = allowance;
    }

    /// @param builtIn the engine's own conditions, which entries may read
    static Result of(
            List<Part.Computed> entries,
            Map<String, Object> data,
            List<Condition> builtIn,
            Allowance allowance) {
        var all = new HashMap<>(data);
        all.put("runtime", runtime(builtIn));
        var evaluation = new AuthorConditions(all, allowance);
        entries.forEach(evaluation::evaluate);
        return new Result(
                evaluation.made, evaluation.awaitsAny, evaluation.awaited, evaluation.errors);
    }

    private static Map<String, Object> runtime(List<Condition> builtIn) {
        var conditions = builtIn.stream().map(AuthorConditions::tree).toList();
        return Map.of("status", Map.of("conditions", conditions));
    }

    private static Map<String, Object> tree(Condition condition) {
        return Map.of(
                "type", condition.type(),
                "status", condition.status(),
                "reason", condition.reason(),
                "message", condition.message());
    }

    private void evaluate(Part.Computed entry) {
        switch (allowance.evaluate(entry.expression(), data)) {
            case Value.Known(List<?> list) -> list.forEach(one -> add(entry, one));
            case Value.Known(var one) when one != null -> add(entry, one);
            case Value.Known _ -> {}
            case Value.Missing _ -> {
                var types = entry.expression().conditionTypes();
                awaited.addAll(types);
                awaitsAny |= types.isEmpty();
            }
            case Value.Failed(var message) -> errors.add(new Note(entry.path(), message));
        }
    }

    private void add(Part.Computed entry, Object one) {
        var tree = one instanceof Map<?, ?> map ? Json.cast(map) : Map.<String, Object>of();
        var type = Json.string(tree, "type");
        var status = Json.string(tree, "status");
        if (type.isBlank()) {
            errors.add(new Note(entry.path(), "the type of a condition is empty"));
        } else if (!STATUSES.contains(status)) {
            errors.add(
                    new Note(
                            entry.path(),
                            "the status of %s is \"%s\", not True, False or Unknown"
                                    .formatted(type, status)));
        } else if (made.containsKey(type)) {
            errors.add(new Note(entry.path(), "the condition %s is made twice".formatted(type)));
        } else {
            made.put(
                    type,
                    new Condition(
                            type,
                            status,
                            Json.string(tree, "reason"),
                            Json.string(tree, "message")));
        }
    }
}
