package dev.slipway.kernel.past;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds which items of two lists are the same thing: by the name that each has for itself, else by position.
final class ListPairs {
    /// The fields that tell items apart, the first that fits.
    private static final List<String> NAMES = List.of("name", "id", "key", "type", "uid");

    private ListPairs() {}

    /// An item's positions in both lists; -1 where it is in one only.
    record Pair(int before, int after) {
        /// Where it is now, else where it was.
        int position() {
            return after < 0 ? before : after;
        }
    }

    /// All items of both, in the order of the newer list and then what went.
    static List<Pair> of(List<?> before, List<?> after) {
        for (var field : NAMES) {
            var old = named(before, field);
            var now = named(after, field);
            if (old != null && now != null) {
                return byName(old, now);
            }
        }
        return byPosition(before.size(), after.size());
    }

    private static List<Pair> byName(Map<Object, Integer> before, Map<Object, Integer> after) {
        var pairs = new ArrayList<Pair>();
        after.forEach((name, at) -> pairs.add(new Pair(before.getOrDefault(name, -1), at)));
        before.forEach((name, at) -> {
            if (!after.containsKey(name)) {
                pairs.add(new Pair(at, -1));
            }
        });
        return pairs;
    }

    private static List<Pair> byPosition(int before, int after) {
        return Stream.iterate(0, i -> i + 1)
                .limit(Math.max(before, after))
                .map(i -> new Pair(i < before ? i : -1, i < after ? i : -1))
                .toList();
    }

    /// The position of each name; null where not every item has one of its own.
    private static @Nullable Map<Object, Integer> named(List<?> list, String field) {
        Map<Object, Integer> named = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof Map<?, ?> map)
                    || !(map.get(field) instanceof String name)
                    || named.putIfAbsent(name, i) != null) {
                return null;
            }
        }
        return named;
    }
}
