package dev.slipway.expression.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/// A list whose elements are told apart by keys, as schemas declare sets and maps: their order says nothing, and adding a
/// list replaces what has the same key.
public interface KeyedList extends List<Object> {
    /// What tells an element from others; none where the list is an ordinary one.
    Optional<Function<Object, Object>> key();

    /// Whether both have the same elements, in any order.
    static boolean same(List<?> left, List<?> right, Function<Object, Object> key) {
        return left.size() == right.size()
                && left.stream()
                        .allMatch(element -> {
                            int at = position(right, key.apply(element), key);
                            return at >= 0 && Values.same(element, right.get(at));
                        });
    }

    /// The elements of the left list, those of the right one in the places of their likes, or at the end.
    static List<Object> plus(List<?> left, List<?> right, Function<Object, Object> key) {
        List<Object> all = new ArrayList<>(left);
        for (Object element : right) {
            int at = position(all, key.apply(element), key);
            if (at < 0) {
                all.add(element);
            } else {
                all.set(at, element);
            }
        }
        return all;
    }

    private static int position(List<?> list, Object sought, Function<Object, Object> key) {
        return IntStream.range(0, list.size())
                .filter(index -> Values.same(key.apply(list.get(index)), sought))
                .findFirst()
                .orElse(-1);
    }
}
