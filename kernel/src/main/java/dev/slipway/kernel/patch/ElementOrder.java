package dev.slipway.kernel.patch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The order of a list whose items are told apart by one key, or, where that is empty, by what they are.
record ElementOrder(String mergeKey) {
    /// What tells an item apart; null where it lacks the key.
    @Nullable Object key(@Nullable Object item) {
        if (mergeKey.isEmpty()) {
            return item;
        }
        return item instanceof Map<?, ?> map ? map.get(mergeKey) : null;
    }

    /// A key by which equal values are found: 1 and 1.0 are.
    static Object comparable(@Nullable Object key) {
        return new PathElement.Value(key);
    }

    /// The first position of each item.
    Map<Object, Integer> positions(List<?> items) {
        Map<Object, Integer> positions = HashMap.newHashMap(items.size());
        for (int i = 0; i < items.size(); i++) {
            positions.putIfAbsent(comparable(key(items.get(i))), i);
        }
        return positions;
    }

    /// Whether the items occur among the listed ones in the same order.
    boolean isInOrder(List<?> items, List<?> listed) {
        var at = 0;
        for (var one : listed) {
            if (at < items.size() && Trees.equal(key(items.get(at)), key(one))) {
                at++;
            }
        }
        return at == items.size();
    }

    /// The items, those that are listed in that order, the others as they were.
    ///
    /// One of the others comes before a listed one if it did so in the original; a listed one that is new there goes
    /// first.
    List<Object> arrange(List<Object> items, List<?> listed, List<?> original) {
        var order = positions(listed);
        var before = positions(original);
        var arranged = new ArrayList<Object>(items.size());
        var first = new ArrayList<Object>();
        var others = new ArrayList<Object>();
        items.forEach(item -> (order.containsKey(of(item)) ? first : others).add(item));
        first.sort(Comparator.comparing(item -> order.getOrDefault(of(item), 0)));
        var at = 0;
        for (var item : first) {
            while (at < others.size() && precedes(before, others.get(at), item)) {
                arranged.add(others.get(at++));
            }
            arranged.add(item);
        }
        arranged.addAll(others.subList(at, others.size()));
        return arranged;
    }

    private boolean precedes(Map<Object, Integer> before, Object left, Object right) {
        var leftAt = before.get(of(left));
        var rightAt = before.get(of(right));
        return leftAt != null && rightAt != null && leftAt < rightAt;
    }

    private Object of(@Nullable Object item) {
        return comparable(key(item));
    }
}
