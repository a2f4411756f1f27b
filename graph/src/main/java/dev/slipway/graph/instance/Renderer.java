package dev.slipway.graph.instance;

import dev.slipway.expression.Value;
import dev.slipway.expression.library.Bounds;
import dev.slipway.graph.compile.Part;
import dev.slipway.graph.instance.Rendering.Note;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One rendering of a compiled template with the data of an instance and its nodes; used once, by one thread.
final class Renderer {
    /// Stands for a value that is left out.
    private enum Absent {
        NOTHING
    }

    /// How many expressions may fail before the others are not tried any more: each may take a while.
    static final int MAX_BROKEN = 20;

    private final Map<String, ?> data;
    private final Allowance allowance;
    private long size;
    private final List<Note> missing = new ArrayList<>();
    private final List<Note> broken = new ArrayList<>();

    private Renderer(Map<String, ?> data, Allowance allowance) {
        this.data = data;
        this.allowance = allowance;
    }

    /// @param data the trees behind the variables; nodes that are not there yet have none
    static Rendering render(Part.Fields template, Map<String, ?> data, Allowance allowance) {
        var renderer = new Renderer(data, allowance);
        var tree = renderer.fields(template);
        if (!renderer.broken.isEmpty()) {
            return new Rendering.Broken(renderer.broken);
        }
        return renderer.missing.isEmpty()
                ? new Rendering.Rendered(tree)
                : new Rendering.Pending(renderer.missing);
    }

    private Map<String, Object> fields(Part.Fields fields) {
        Map<String, Object> tree = LinkedHashMap.newLinkedHashMap(fields.parts().size());
        fields.parts()
                .forEach((key, part) -> {
                    var value = value(part);
                    if (!(value instanceof Absent)) {
                        Json.put(tree, key, value);
                    }
                });
        return tree;
    }

    private List<@Nullable Object> items(Part.Items items) {
        var list = new ArrayList<@Nullable Object>(items.parts().size());
        for (var part : items.parts()) {
            var value = value(part);
            if (!(value instanceof Absent)) {
                list.add(value);
            }
        }
        return list;
    }

    private @Nullable Object value(Part part) {
        return switch (part) {
            case Part.Constant(var value) -> value;
            case Part.Fields fields -> fields(fields);
            case Part.Items items -> items(items);
            case Part.Computed computed -> computed(computed);
        };
    }

    private @Nullable Object computed(Part.Computed computed) {
        if (broken.size() >= MAX_BROKEN) {
            return Absent.NOTHING;
        }
        return switch (allowance.evaluate(computed.expression(), data)) {
            case Value.Known(var tree) ->
                    tree == null && computed.optional() ? Absent.NOTHING : fitting(computed, tree);
            case Value.Failed(var message) -> {
                broken.add(new Note(computed.path(), message));
                yield Absent.NOTHING;
            }
            case Value.Missing(var path, var reason) -> {
                missing(computed, path, reason);
                yield Absent.NOTHING;
            }
        };
    }

    /// A value as far as the whole stays within what can be written.
    private @Nullable Object fitting(Part.Computed computed, @Nullable Object tree) {
        size += Bounds.size(tree);
        if (size <= Bounds.VALUE) {
            return tree;
        }
        broken.add(
                new Note(
                        computed.path(),
                        "with it the resource would have more than %d letters and members"
                                .formatted(Bounds.VALUE)));
        return Absent.NOTHING;
    }

    /// What an instance does not say it will never say by itself; what a node does not say yet may still come.
    private void missing(Part.Computed computed, String path, String reason) {
        if (isOfInstance(path)) {
            broken.add(new Note(computed.path(), notSet(path)));
        } else {
            missing.add(new Note(computed.path(), reason));
        }
    }

    /// Whether a path leads into the instance.
    static boolean isOfInstance(String path) {
        return path.equals("schema") || path.startsWith("schema.");
    }

    /// The sentence about a field of the instance that an expression reads in vain.
    static String notSet(String path) {
        return "%s is not set on this instance, and it is optional; give it a default, or write .? and orValue() in the expression"
                .formatted(path.replaceFirst("^schema\\.", ""));
    }
}
