package dev.slipway.expression.library;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// How CEL compares values: numbers by what they are worth, whatever their type.
final class Values {
    private Values() {}

    /// Whether both are the same to CEL; NaN equals nothing.
    static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number && right instanceof Number) {
            OptionalInt order = compare(left, right);
            return order.isPresent() && order.getAsInt() == 0;
        }
        if (left instanceof List<?> list && right instanceof List<?> other) {
            return sameElements(list, other);
        }
        if (left instanceof Map<?, ?> map && right instanceof Map<?, ?> other) {
            return map.size() == other.size()
                    && map.entrySet().stream()
                            .allMatch(entry ->
                                    other.containsKey(entry.getKey())
                                            && same(entry.getValue(), other.get(entry.getKey())));
        }
        if (left instanceof Optional<?> optional && right instanceof Optional<?> other) {
            return optional.isPresent() == other.isPresent()
                    && same(optional.orElse(null), other.orElse(null));
        }
        return Objects.equals(left, right);
    }

    private static boolean sameElements(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        Iterator<?> others = right.iterator();
        return left.stream().allMatch(element -> same(element, others.next()));
    }

    /// The order of two comparable values, empty when one is NaN; throws when they cannot be compared.
    static OptionalInt compare(Object left, Object right) {
        return switch (left) {
            case Number number when right instanceof Number other -> compareNumbers(number, other);
            case String text when right instanceof String other ->
                    OptionalInt.of(TextOrder.BY_CODE_POINT.compare(text, other));
            case Boolean bool when right instanceof Boolean other ->
                    OptionalInt.of(bool.compareTo(other));
            case Duration duration when right instanceof Duration other ->
                    OptionalInt.of(duration.compareTo(other));
            case Instant instant when right instanceof Instant other ->
                    OptionalInt.of(instant.compareTo(other));
            case CelByteString bytes when right instanceof CelByteString other ->
                    OptionalInt.of(
                            Arrays.compareUnsigned(bytes.toByteArray(), other.toByteArray()));
            default -> throw Failures.noOverload("compare");
        };
    }

    private static OptionalInt compareNumbers(Number left, Number right) {
        if (isNan(left) || isNan(right)) {
            return OptionalInt.empty();
        }
        boolean infinite =
                Double.isInfinite(left.doubleValue()) || Double.isInfinite(right.doubleValue());
        return OptionalInt.of(
                infinite
                        ? Double.compare(left.doubleValue(), right.doubleValue())
                        : exact(left).compareTo(exact(right)));
    }

    private static boolean isNan(Number number) {
        return Double.isNaN(number.doubleValue());
    }

    private static BigDecimal exact(Number number) {
        return switch (number) {
            case Long whole -> BigDecimal.valueOf(whole);
            case UnsignedLong whole -> new BigDecimal(whole.bigIntegerValue());
            default -> new BigDecimal(number.doubleValue());
        };
    }
}
