package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The fields in which two states of an object differ.
///
/// A container that is there on one side only is added or removed itself, and so is all in it.
record Comparison(FieldSet removed, FieldSet modified, FieldSet added) {
    /// The difference between two states; parts that they share are not looked at.
    static Comparison of(Shape shape, @Nullable Object before, @Nullable Object after) {
        var walk = new Walk();
        walk.compare(shape, before, after);
        return new Comparison(walk.removed.build(), walk.modified.build(), walk.added.build());
    }

    /// What a writer of this difference takes: the modified and the added fields.
    FieldSet taken() {
        return modified.union(added);
    }

    /// The difference outside these fields.
    Comparison without(FieldSet fields) {
        return new Comparison(
                removed.without(fields), modified.without(fields), added.without(fields));
    }

    boolean isEmpty() {
        return removed.isEmpty() && modified.isEmpty() && added.isEmpty();
    }

    private static final class Walk {
        private final Deque<PathElement> path = new ArrayDeque<>();
        private final FieldSet.Builder removed = new FieldSet.Builder();
        private final FieldSet.Builder modified = new FieldSet.Builder();
        private final FieldSet.Builder added = new FieldSet.Builder();

        void compare(Shape shape, @Nullable Object before, @Nullable Object after) {
            if (Trees.same(before, after)) {
                return;
            }
            var form = form(shape, before);
            var newForm = form(shape, after);
            if (form != null && newForm != null && form != newForm) {
                compareUnlike(shape, before, after);
            } else {
                compareAlike(
                        shape, Objects.requireNonNullElse(form, orLeaf(newForm)), before, after);
            }
        }

        /// A value that became one of another form: it is modified, and what only one form has is removed or added.
        private void compareUnlike(Shape shape, @Nullable Object before, @Nullable Object after) {
            modified.add(path);
            children(shape, before, Absent.ABSENT);
            children(shape, Absent.ABSENT, after);
        }

        private void compareAlike(
                Shape shape, Shape.Form form, @Nullable Object before, @Nullable Object after) {
            if (form == Shape.Form.LEAF || (isEmpty(before) && isEmpty(after))) {
                leaf(before, after);
                return;
            }
            children(shape, before, after);
            if (before == Absent.ABSENT) {
                added.add(path);
            } else if (after == Absent.ABSENT) {
                removed.add(path);
            }
        }

        private void leaf(@Nullable Object before, @Nullable Object after) {
            if (before == Absent.ABSENT) {
                added.add(path);
            } else if (after == Absent.ABSENT) {
                removed.add(path);
            } else if (!Trees.equal(before, after)) {
                modified.add(path);
            }
        }

        private void children(Shape shape, @Nullable Object before, @Nullable Object after) {
            if (before instanceof Map<?, ?> || after instanceof Map<?, ?>) {
                fields(shape, before, after);
            } else if (shape.isAssociative()) {
                items(shape, listOf(before), listOf(after));
            }
        }

        private void fields(Shape shape, @Nullable Object before, @Nullable Object after) {
            var left = mapOf(before);
            var right = mapOf(after);
            left.keySet().forEach(name -> field(shape, name, before, after));
            for (var name : right.keySet()) {
                if (!left.containsKey(name)) {
                    field(shape, name, before, after);
                }
            }
        }

        private void field(
                Shape shape, String name, @Nullable Object before, @Nullable Object after) {
            path.addLast(new PathElement.Field(name));
            compare(
                    shape.childOrDeduced(name),
                    value(shape, before, name),
                    value(shape, after, name));
            path.removeLast();
        }

        private void items(Shape shape, List<?> before, List<?> after) {
            var left = byElement(shape, before);
            var right = byElement(shape, after);
            var elements = new HashSet<>(left.keySet());
            elements.addAll(right.keySet());
            for (var element : elements) {
                path.addLast(element);
                item(
                        shape.item(),
                        left.getOrDefault(element, List.of()),
                        right.getOrDefault(element, List.of()));
                path.removeLast();
            }
        }

        /// The items of one identity; several are compared as one.
        private void item(Shape shape, List<?> before, List<?> after) {
            if (before.size() <= 1 && after.size() <= 1) {
                compare(shape, first(before), first(after));
            } else if (before.size() >= 2 && after.size() >= 2) {
                leaf(before, after);
            } else if (before.size() >= 2) {
                if (!after.isEmpty()) {
                    compare(shape, Absent.ABSENT, first(after));
                }
                removed.add(path);
            } else {
                if (!before.isEmpty()) {
                    compare(shape, first(before), Absent.ABSENT);
                }
                added.add(path);
            }
        }

        private static SequencedMap<PathElement, List<@Nullable Object>> byElement(
                Shape shape, List<?> items) {
            SequencedMap<PathElement, List<@Nullable Object>> byElement =
                    LinkedHashMap.newLinkedHashMap(items.size());
            var elements = shape.elements(items).iterator();
            for (var item : items) {
                byElement.computeIfAbsent(elements.next(), _ -> new ArrayList<>(1)).add(item);
            }
            return byElement;
        }

        private static @Nullable Object first(List<?> items) {
            return items.isEmpty() ? Absent.ABSENT : items.getFirst();
        }

        private static @Nullable Object value(Shape shape, @Nullable Object parent, String name) {
            if (parent instanceof Map<?, ?> map && map.containsKey(name)) {
                return map.get(name);
            }
            return parent == Absent.ABSENT ? Absent.ABSENT : shape.implied(name);
        }

        private static Shape.@Nullable Form form(Shape shape, @Nullable Object value) {
            return value == null || value == Absent.ABSENT ? null : shape.form(value);
        }

        private static Shape.Form orLeaf(Shape.@Nullable Form form) {
            return form == null ? Shape.Form.LEAF : form;
        }

        private static boolean isEmpty(@Nullable Object value) {
            return switch (value) {
                case Map<?, ?> map -> map.isEmpty();
                case List<?> list -> list.isEmpty();
                case null, default -> true;
            };
        }

        private static Map<String, Object> mapOf(@Nullable Object value) {
            return value instanceof Map<?, ?> map ? Json.cast(map) : Map.of();
        }

        private static List<?> listOf(@Nullable Object value) {
            return value instanceof List<?> list ? list : List.of();
        }
    }
}
