package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields that a configuration owns: its leaves, the items of its lists, and the keys of its maps.
final class Owned {
    private final Deque<PathElement> path = new ArrayDeque<>();
    private final FieldSet.Builder fields = new FieldSet.Builder();

    private Owned() {}

    static FieldSet of(Shape shape, @Nullable Object configuration) {
        var owned = new Owned();
        owned.visit(shape, configuration);
        return owned.fields.build();
    }

    /// The set with those declared fields as members that only lead to members.
    static FieldSet named(Shape shape, FieldSet set) {
        var owned = new Owned();
        owned.name(shape, set);
        return set.union(owned.fields.build());
    }

    /// The set as this schema has it: what became one leaf since it was recorded is owned as one.
    static FieldSet reconciled(Shape shape, FieldSet set) {
        var leaves = new Owned();
        leaves.leaf(shape, set);
        var cut = leaves.fields.build();
        return cut.isEmpty() ? set : set.without(cut).union(cut);
    }

    private void visit(Shape shape, @Nullable Object value) {
        if (value == null) {
            return;
        }
        switch (shape.form(value)) {
            case MAP -> visitMap(shape, Json.cast((Map<?, ?>) value));
            case LIST -> visitList(shape, (List<?>) value);
            case LEAF -> own();
        }
    }

    private void visitMap(Shape shape, Map<String, Object> map) {
        map.forEach((name, value) -> {
            path.addLast(new PathElement.Field(name));
            visit(shape.childOrDeduced(name), value);
            if (value == null || isEmptyMap(value) || !shape.declares(name)) {
                own();
            }
            path.removeLast();
        });
    }

    private void visitList(Shape shape, List<?> items) {
        var elements = shape.elements(items).iterator();
        for (var item : items) {
            path.addLast(elements.next());
            visit(shape.item(), item);
            own();
            path.removeLast();
        }
    }

    private void name(Shape shape, FieldSet set) {
        for (var element : set.elements()) {
            var below = set.below(element);
            if (!below.isEmpty()) {
                path.addLast(element);
                nameElement(shape, element);
                name(shape.at(element), below);
                path.removeLast();
            }
        }
    }

    private void nameElement(Shape shape, PathElement element) {
        if (element instanceof PathElement.Field(var name) && shape.declares(name)) {
            own();
        }
    }

    private void leaf(Shape shape, FieldSet set) {
        for (var element : set.elements()) {
            var below = set.below(element);
            if (!below.isEmpty()) {
                path.addLast(element);
                leafElement(shape.at(element), below);
                path.removeLast();
            }
        }
    }

    private void leafElement(Shape shape, FieldSet below) {
        if (shape.isLeaf()) {
            own();
        } else {
            leaf(shape, below);
        }
    }

    private void own() {
        if (!path.isEmpty()) {
            fields.add(path);
        }
    }

    private static boolean isEmptyMap(Object value) {
        return value instanceof Map<?, ?> map && map.isEmpty();
    }
}
