package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.DYN;
import static dev.slipway.expression.library.Parameter.MAP;

import dev.cel.common.types.SimpleType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Maps laid over maps; the right one wins.
final class MergeFunctions {
    /// The deepest pair of maps that is merged.
    private static final int MAXIMAL_DEPTH = 200;

    static final List<Function> ALL =
            List.of(
                    Function.member("merge", MAP.type(), MAP, MAP, MergeFunctions::merge),
                    Function.member(
                            "deepMerge", SimpleType.DYN, DYN, DYN, MergeFunctions::deepMerge));

    private MergeFunctions() {}

    private static Map<Object, Object> merge(Map<Object, Object> left, Map<Object, Object> right) {
        Map<Object, Object> merged = new LinkedHashMap<>(left);
        merged.putAll(right);
        return merged;
    }

    private static Object deepMerge(Object left, Object right) {
        if (left instanceof Map<?, ?> under && right instanceof Map<?, ?> over) {
            return deepMerge(under, over, 0);
        }
        throw Failures.noOverload("deepMerge");
    }

    private static Map<Object, Object> deepMerge(Map<?, ?> left, Map<?, ?> right, int depth) {
        if (depth > MAXIMAL_DEPTH) {
            throw Failures.invalid("maps are deeper than " + MAXIMAL_DEPTH + " levels");
        }
        Map<Object, Object> merged = new LinkedHashMap<>(left);
        right.forEach((key, value) ->
                merged.merge(
                        key,
                        value,
                        (under, over) ->
                                under instanceof Map<?, ?> below && over instanceof Map<?, ?> above
                                        ? deepMerge(below, above, depth + 1)
                                        : over));
        return merged;
    }
}
