package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields that a configuration owns: its leaves, the items of its lists, and the keys of its maps.
final class Owned {
    private Owned() {}

    /// The fields in a value; empty where the value is one itself.
    static FieldSet of(Shape shape, @Nullable Object value) {
        if (value == null) {
            return FieldSet.EMPTY;
        }
        return switch (shape.form(value)) {
            case MAP -> fields(shape, Json.cast((Map<?, ?>) value));
            case LIST -> items(shape, (List<?>) value);
            case LEAF -> FieldSet.EMPTY;
        };
    }

    /// The set with those declared fields as members that only lead to members.
    static FieldSet named(Shape shape, FieldSet set) {
        var level = new FieldSet.Level(set.elements().size());
        for (var element : set.elements()) {
            var below = set.below(element);
            var leads = !below.isEmpty() && isDeclared(shape, element);
            level.put(element, leads || set.contains(element), named(shape.at(element), below));
        }
        return level.set();
    }

    /// The set as this schema has it: what became one leaf since it was recorded is owned as one.
    static FieldSet reconciled(Shape shape, FieldSet set) {
        if (fits(shape, set)) {
            return set;
        }
        var level = new FieldSet.Level(set.elements().size());
        for (var element : set.elements()) {
            var below = set.below(element);
            var child = shape.at(element);
            var cut = child.isLeaf() && !below.isEmpty();
            level.put(
                    element,
                    cut || set.contains(element),
                    cut ? FieldSet.EMPTY : reconciled(child, below));
        }
        return level.set();
    }

    /// Whether nothing lies below what is one leaf.
    private static boolean fits(Shape shape, FieldSet set) {
        for (var element : set.elements()) {
            var below = set.below(element);
            if (!below.isEmpty()) {
                var child = shape.at(element);
                if (child.isLeaf() || !fits(child, below)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static FieldSet fields(Shape shape, Map<String, Object> map) {
        var level = new FieldSet.Level(map.size());
        map.forEach((name, value) -> {
            var child = shape.childOrDeduced(name);
            level.put(
                    new PathElement.Field(name),
                    isLeaf(child, value) || isEmptyMap(value) || !shape.declares(name),
                    of(child, value));
        });
        return level.set();
    }

    private static FieldSet items(Shape shape, List<?> items) {
        var level = new FieldSet.Level(items.size());
        var item = shape.item();
        var elements = shape.elements(items).iterator();
        items.forEach(value -> level.put(elements.next(), true, of(item, value)));
        return level.set();
    }

    private static boolean isLeaf(Shape shape, @Nullable Object value) {
        return value == null || shape.form(value) == Shape.Form.LEAF;
    }

    private static boolean isDeclared(Shape shape, PathElement element) {
        return element instanceof PathElement.Field(var name) && shape.declares(name);
    }

    private static boolean isEmptyMap(@Nullable Object value) {
        return value instanceof Map<?, ?> map && map.isEmpty();
    }
}
