package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.LIST;

import java.util.List;

/// Lists taken for sets.
final class SetFunctions {
    static final List<Function> ALL =
            List.of(
                    Function.standard(
                            "list_sets_contains_list", LIST, LIST, SetFunctions::contains),
                    Function.standard(
                            "list_sets_equivalent_list",
                            LIST,
                            LIST,
                            (left, right) -> contains(left, right) && contains(right, left)),
                    Function.standard(
                            "list_sets_intersects_list",
                            LIST,
                            LIST,
                            (left, right) -> left.stream().anyMatch(value -> isIn(value, right))));

    private SetFunctions() {}

    private static boolean contains(List<Object> list, List<Object> values) {
        return values.stream().allMatch(value -> isIn(value, list));
    }

    private static boolean isIn(Object value, List<Object> list) {
        return list.stream().anyMatch(element -> Values.same(element, value));
    }
}
