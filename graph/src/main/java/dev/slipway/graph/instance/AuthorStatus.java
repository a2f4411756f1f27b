package dev.slipway.graph.instance;

import dev.slipway.expression.Value;
import dev.slipway.graph.compile.Part;
import dev.slipway.graph.instance.Rendering.Note;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One evaluation of the author's status fields: each leaf on its own, so that one that fails hides no other.
///
/// A leaf whose data are gone for a while keeps its last value; one that reads a node which is left out has none.
final class AuthorStatus {
    /// @param errors the leaves that cannot be evaluated
    record Result(Map<String, Object> fields, List<Note> errors) {}

    /// Stands for a leaf without a value.
    private enum Absent {
        NOTHING
    }

    private final Map<String, ?> data;
    private final Set<String> skipped;
    private final Allowance allowance;
    private final List<Note> errors = new ArrayList<>();

    private AuthorStatus(Map<String, ?> data, Set<String> skipped, Allowance allowance) {
        this.data = data;
        this.allowance = allowance;
        this.skipped = skipped;
    }

    static Result of(
            Part.Fields status,
            Map<String, ?> data,
            Map<String, Object> before,
            Set<String> skipped,
            Allowance allowance) {
        var evaluation = new AuthorStatus(data, skipped, allowance);
        return new Result(evaluation.fields(status, before), evaluation.errors);
    }

    private Map<String, Object> fields(Part.Fields fields, @Nullable Object before) {
        Map<String, Object> tree = new LinkedHashMap<>();
        fields.parts()
                .forEach((key, part) -> {
                    var value = value(part, Json.at(before, key));
                    if (!(value instanceof Absent)) {
                        Json.put(tree, key, value);
                    }
                });
        return tree;
    }

    private @Nullable Object value(Part part, @Nullable Object before) {
        return switch (part) {
            case Part.Constant(var value) -> value;
            case Part.Fields fields -> fields(fields, before);
            case Part.Items items -> items(items, before);
            case Part.Computed computed -> computed(computed, before);
        };
    }

    /// A list is there when all of its items are.
    private @Nullable Object items(Part.Items items, @Nullable Object before) {
        var list = new ArrayList<@Nullable Object>();
        for (var part : items.parts()) {
            list.add(value(part, null));
        }
        return list.contains(Absent.NOTHING) ? last(before) : list;
    }

    private @Nullable Object computed(Part.Computed computed, @Nullable Object before) {
        if (computed.expression().roots().stream().anyMatch(skipped::contains)) {
            return Absent.NOTHING;
        }
        return switch (allowance.evaluate(computed.expression(), data)) {
            case Value.Known(var tree) -> tree == null ? Absent.NOTHING : tree;
            case Value.Missing _ -> last(before);
            case Value.Failed(var message) -> {
                errors.add(new Note(computed.path(), message));
                yield Absent.NOTHING;
            }
        };
    }

    private static Object last(@Nullable Object before) {
        return before == null ? Absent.NOTHING : before;
    }
}
