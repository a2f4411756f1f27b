package dev.slipway.kernel.patch;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Equality of JSON trees, where 1 and 1.0 are the same number.
final class Trees {
    private Trees() {}

    /// Whether both are the same object: what was shared need not be compared.
    @SuppressWarnings("ReferenceEquality")
    static boolean same(@Nullable Object left, @Nullable Object right) {
        return left == right;
    }

    static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (same(left, right)) {
            return true;
        }
        return switch (left) {
            case Map<?, ?> map -> right instanceof Map<?, ?> other && equal(map, other);
            case List<?> list -> right instanceof List<?> other && equal(list, other);
            case Number number -> right instanceof Number other && equal(number, other);
            case null, default -> Objects.equals(left, right);
        };
    }

    private static boolean equal(Map<?, ?> left, Map<?, ?> right) {
        return left.size() == right.size()
                && left.entrySet().stream()
                        .allMatch(entry ->
                                right.containsKey(entry.getKey())
                                        && equal(entry.getValue(), right.get(entry.getKey())));
    }

    private static boolean equal(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        var others = right.iterator();
        return left.stream().allMatch(item -> equal(item, others.next()));
    }

    private static boolean equal(Number left, Number right) {
        return left.equals(right)
                || (!left.getClass().equals(right.getClass())
                        && Double.compare(left.doubleValue(), right.doubleValue()) == 0);
    }
}
