package dev.slipway.expression.program;

import dev.cel.common.values.CelByteString;
import dev.slipway.expression.library.Extent;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one call costs, in the units of Kubernetes.
///
/// @param overload the one signature that the types of the expression allow, empty if there may be others
record CallCost(String function, String overload, @Nullable Object[] arguments, Object result) {
    private static final double LETTER = 0.1;
    private static final double PATTERN_LETTER = 0.25;
    private static final long NEW_LIST = 11;

    private static final Set<String> SHORTER_TEXT =
            Set.of(
                    "less_string",
                    "greater_string",
                    "less_equals_string",
                    "greater_equals_string",
                    "less_bytes",
                    "greater_bytes",
                    "less_equals_bytes",
                    "greater_equals_bytes",
                    "not_equals");

    long units() {
        return overload.isEmpty() ? named() : listed();
    }

    private long listed() {
        return switch (function) {
            case "slice", "lists.range", "reverse" -> size(result) + NEW_LIST;
            case "flatten" -> (long) (size(0) * depth()) + NEW_LIST;
            case "distinct", "sort" -> paired(arguments[0]);
            case "@sortByKeys" -> paired(arguments[1]);
            case "sets.contains", "sets.intersects" -> 1 + size(0) * size(1);
            case "sets.equivalent" -> 1 + 2 * size(0) * size(1);
            default -> named();
        };
    }

    private double depth() {
        var depth = arguments.length == 2 && arguments[1] instanceof Long number ? number : 1;
        return depth < 0 ? 1 : depth;
    }

    private long named() {
        return switch (function) {
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> walked(arguments[0]);
            case "url",
                    "lowerAscii",
                    "upperAscii",
                    "substring",
                    "trim",
                    "cidr",
                    "isIP",
                    "isCIDR",
                    "quantity",
                    "isQuantity",
                    "semver",
                    "isSemver" ->
                    letters(size(0));
            case "ip" -> arguments[0] instanceof String ? letters(size(0)) : 1;
            case "containsIP" -> letters(2 * size(0)) + parsed();
            case "containsCIDR" -> letters(2 * size(0)) + letters(size(0)) + 1 + parsed();
            case "replace", "split", "ip.isCanonical" -> letters(2 * size(0));
            case "join" -> letters(2 * size(result));
            case "find", "findAll" -> searched(size(1));
            case "validate" ->
                    arguments[0] instanceof Extent.OfPattern format
                            ? searched(1, format.patternLength())
                            : 1;
            case "_==_" -> arguments[0] instanceof Extent ? 1 : letters(Math.min(size(0), size(1)));
            default -> standard();
        };
    }

    private long standard() {
        if (SHORTER_TEXT.contains(overload)) {
            return letters(Math.min(size(0), size(1)));
        }
        return switch (overload) {
            case "starts_with_string", "ends_with_string" -> letters(size(1));
            case "string_to_bytes", "bytes_to_string" -> letters(size(0));
            case "in_list" -> size(1);
            case "add_string", "add_bytes" -> letters(size(0) + size(1));
            case "matches", "matches_string" -> searched(size(1));
            case "contains_string" -> letters(size(0)) * letters(size(1));
            default ->
                    function.equals("format") || function.equals("strings.quote")
                            ? letters(size(0))
                            : 1;
        };
    }

    /// Addresses that are given as texts are read first.
    private long parsed() {
        return arguments[1] instanceof String ? letters(size(1)) : 0;
    }

    private static long letters(long count) {
        return (long) Math.ceil(count * LETTER);
    }

    private long searched(long pattern) {
        return searched(0, pattern);
    }

    private long searched(int text, long pattern) {
        return letters(1 + size(text)) * (long) Math.ceil(pattern * PATTERN_LETTER);
    }

    private static long paired(@Nullable Object list) {
        var items = size(list);
        var first = list instanceof List<?> some && !some.isEmpty() ? some.getFirst() : null;
        var texts = first instanceof String || first instanceof CelByteString;
        return (long) (items * items * (texts ? 2 + LETTER : 2)) + NEW_LIST;
    }

    private long size(int argument) {
        return size(arguments[argument]);
    }

    /// Letters, bytes, items or members; 1 for all else.
    private static long size(@Nullable Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case CelByteString bytes -> bytes.size();
            case Collection<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case Optional<?> some -> some.map(CallCost::size).orElse(1L);
            case Extent extent -> extent.size();
            case null, default -> 1;
        };
    }

    private static long walked(@Nullable Object value) {
        return switch (value) {
            case String text -> (long) (text.getBytes(StandardCharsets.UTF_8).length * LETTER);
            case CelByteString bytes -> (long) (bytes.size() * LETTER);
            case Collection<?> list -> list.stream().mapToLong(CallCost::walked).sum();
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .mapToLong(entry -> walked(entry.getKey()) + walked(entry.getValue()))
                            .sum();
            case null, default -> 1;
        };
    }
}
