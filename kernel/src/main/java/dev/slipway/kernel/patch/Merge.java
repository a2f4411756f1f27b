package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A live value with a configuration merged in: the configuration wins where it says something.
final class Merge {
    private Merge() {}

    /// The merged value; the live one itself where nothing is new.
    static @Nullable Object of(Shape shape, @Nullable Object live, @Nullable Object configuration) {
        var form = form(shape, live, configuration);
        if (form == Shape.Form.LEAF || (isEmpty(live) && isEmpty(configuration))) {
            return Trees.equal(live, configuration) ? live : configuration;
        }
        return form == Shape.Form.MAP
                ? fields(shape, live, configuration)
                : items(shape, live, configuration);
    }

    /// How both are merged; null takes the other's form, and where they have two, the configuration's counts.
    private static Shape.Form form(
            Shape shape, @Nullable Object live, @Nullable Object configuration) {
        var deciding = configuration == null ? live : configuration;
        return deciding == null ? Shape.Form.LEAF : shape.form(deciding);
    }

    private static @Nullable Object fields(
            Shape shape, @Nullable Object live, @Nullable Object configuration) {
        var left = live instanceof Map<?, ?> map ? Json.cast(map) : Map.<String, Object>of();
        if (!(configuration instanceof Map<?, ?> right)) {
            return live;
        }
        Map<String, Object> changed = new LinkedHashMap<>();
        Json.cast(right)
                .forEach((name, value) -> {
                    var merged =
                            left.containsKey(name)
                                    ? of(shape.childOrDeduced(name), left.get(name), value)
                                    : value;
                    if (!left.containsKey(name) || !Trees.same(merged, left.get(name))) {
                        Json.put(changed, name, merged);
                    }
                });
        return changed.isEmpty() && live instanceof Map<?, ?> ? live : with(left, changed);
    }

    private static Map<String, Object> with(
            Map<String, Object> original, Map<String, Object> changed) {
        var all = new LinkedHashMap<>(original);
        all.putAll(changed);
        return all;
    }

    private static @Nullable Object items(
            Shape shape, @Nullable Object live, @Nullable Object configuration) {
        if (!(live instanceof List<?> left)) {
            return configuration;
        }
        if (!(configuration instanceof List<?> right)) {
            return live;
        }
        var merged = new Items(shape, left, right).merged();
        return isSame(left, merged) ? live : merged;
    }

    private static boolean isSame(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        var others = right.iterator();
        return left.stream().allMatch(item -> Trees.same(item, others.next()));
    }

    private static boolean isEmpty(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> map.isEmpty();
            case List<?> list -> list.isEmpty();
            case null, default -> true;
        };
    }

    /// Two lists whose items have identities, walked together.
    ///
    /// The configuration's items keep their order; those that only the live list has stay before the next common one.
    private static final class Items {
        private final Shape shape;
        private final List<?> left;
        private final List<PathElement> leftElements;
        private final List<PathElement> rightElements;
        private final Map<PathElement, @Nullable Object> leftItems = new HashMap<>();
        private final SequencedMap<PathElement, @Nullable Object> rightItems =
                new LinkedHashMap<>();
        private final List<PathElement> shared;
        private final Set<PathElement> emitted = new HashSet<>();
        private final List<@Nullable Object> merged = new ArrayList<>();
        private int leftAt;
        private int rightAt;
        private int sharedAt;

        Items(Shape shape, List<?> left, List<?> right) {
            this.shape = shape;
            this.left = left;
            leftElements = shape.elements(left);
            rightElements = shape.elements(right);
            for (int i = 0; i < left.size(); i++) {
                var known = leftItems.containsKey(leftElements.get(i));
                leftItems.put(leftElements.get(i), known ? Absent.ABSENT : left.get(i));
            }
            for (int i = 0; i < right.size(); i++) {
                rightItems.put(rightElements.get(i), right.get(i));
            }
            shared = rightElements.stream().filter(leftItems::containsKey).toList();
        }

        List<@Nullable Object> merged() {
            while (leftAt < left.size() || rightAt < rightElements.size()) {
                step();
            }
            return merged;
        }

        private void step() {
            if (leftAt == left.size()) {
                emitRight();
                return;
            }
            var head = leftElements.get(leftAt);
            if (!rightItems.containsKey(head)) {
                merged.add(left.get(leftAt++));
            } else if (rightAt == rightElements.size()) {
                leftAt++;
            } else if (head.equals(rightElements.get(rightAt))) {
                leftAt++;
                emitRight();
            } else if (isOutOfTurn(head)) {
                leftAt++;
            } else {
                leftAt += emitted.contains(head) ? 1 : 0;
                emitRight();
            }
        }

        /// Whether a common item is not the next one in the configuration's order: it comes in its place there.
        private boolean isOutOfTurn(PathElement head) {
            return sharedAt < shared.size() && !shared.get(sharedAt).equals(head);
        }

        private void emitRight() {
            var element = rightElements.get(rightAt++);
            var counterpart = leftItems.getOrDefault(element, Absent.ABSENT);
            var item = rightItems.get(element);
            merged.add(counterpart == Absent.ABSENT ? item : of(shape.item(), counterpart, item));
            emitted.add(element);
            if (sharedAt < shared.size() && shared.get(sharedAt).equals(element)) {
                sharedAt++;
            }
        }
    }
}
