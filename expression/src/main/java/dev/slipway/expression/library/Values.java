package dev.slipway.expression.library;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
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
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How CEL compares values: numbers by what they are worth, whatever their type.
public final class Values {
    /// Up to here all whole numbers are doubles too.
    private static final double WHOLE = 0x1p63;

    private Values() {}

    /// Whether both are the same to CEL; NaN equals nothing.
    public static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number && right instanceof Number) {
            OptionalInt order = compare(left, right);
            return order.isPresent() && order.getAsInt() == 0;
        }
        if (left instanceof List<?> list && right instanceof List<?> other) {
            Optional<Function<Object, Object>> key =
                    list instanceof KeyedList keyed ? keyed.key() : Optional.empty();
            return key.isPresent()
                    ? KeyedList.same(list, other, key.get())
                    : sameElements(list, other);
        }
        if (left instanceof TypeType type && right instanceof TypeType other) {
            return type.containingTypeName().equals(other.containingTypeName());
        }
        if (left instanceof Map<?, ?> map && right instanceof Map<?, ?> other) {
            return map.size() == other.size()
                    && map.entrySet().stream().allMatch(entry -> sameMember(entry, other));
        }
        if (left instanceof Optional<?> optional && right instanceof Optional<?> other) {
            return optional.isPresent() == other.isPresent()
                    && same(optional.orElse(null), other.orElse(null));
        }
        return Objects.equals(left, right);
    }

    /// Keys are equal to those of the other map, or they are equal numbers.
    private static boolean sameMember(Map.Entry<?, ?> entry, Map<?, ?> other) {
        Object key = entry.getKey();
        if (other.containsKey(key)) {
            return same(entry.getValue(), other.get(key));
        }
        return key instanceof Number number
                && sameNumbers(number).stream()
                        .anyMatch(like ->
                                other.containsKey(like) && same(entry.getValue(), other.get(like)));
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
        if (left instanceof Double || right instanceof Double) {
            return OptionalInt.of(compareDoubles(left.doubleValue(), right.doubleValue()));
        }
        return OptionalInt.of(
                left instanceof Long whole && right instanceof Long other
                        ? Long.compare(whole, other)
                        : exact(left).compareTo(exact(right)));
    }

    /// Negative zero equals zero.
    private static int compareDoubles(double left, double right) {
        return left < right ? -1 : left == right ? 0 : 1;
    }

    private static boolean isNan(Number number) {
        return number instanceof Double && Double.isNaN(number.doubleValue());
    }

    private static BigDecimal exact(Number number) {
        return switch (number) {
            case Long whole -> BigDecimal.valueOf(whole);
            case UnsignedLong whole -> new BigDecimal(whole.bigIntegerValue());
            default -> new BigDecimal(number.doubleValue());
        };
    }

    /// One object for all numbers that are equal, for sets that look by hash.
    public static Object canonical(Object value) {
        return switch (value) {
            case UnsignedLong whole when whole.longValue() >= 0 -> whole.longValue();
            case Double number when number == Math.rint(number) && Math.abs(number) < WHOLE ->
                    (long) (double) number;
            default -> value;
        };
    }

    /// Keys of a map that a number also finds: the same number as an int or an uint.
    public static List<Object> sameNumbers(Number number) {
        return canonical(number) instanceof Long whole
                ? Stream.of(whole, UnsignedLong.fromLongBits(whole))
                        .filter(like ->
                                !like.equals(number) && (whole >= 0 || like instanceof Long))
                        .map(like -> (Object) like)
                        .toList()
                : List.of();
    }

    /// The type of a value, as `type` gives it.
    public static TypeType type(Object value) {
        return TypeType.create(
                switch (value) {
                    case Boolean _ -> SimpleType.BOOL;
                    case Long _ -> SimpleType.INT;
                    case UnsignedLong _ -> SimpleType.UINT;
                    case Double _ -> SimpleType.DOUBLE;
                    case String _ -> SimpleType.STRING;
                    case CelByteString _ -> SimpleType.BYTES;
                    case NullValue _ -> SimpleType.NULL_TYPE;
                    case Instant _ -> SimpleType.TIMESTAMP;
                    case Duration _ -> SimpleType.DURATION;
                    case List<?> _ -> ListType.create(SimpleType.DYN);
                    case Condition _ -> ConditionFunctions.TYPE;
                    case Map<?, ?> _ -> MapType.create(SimpleType.DYN, SimpleType.DYN);
                    case Optional<?> _ -> OptionalType.create(SimpleType.DYN);
                    case TypeType _ -> TypeType.create(SimpleType.DYN);
                    case IpAddress _ -> OpaqueType.create("net.IP");
                    case NetworkFunctions.Network _ -> OpaqueType.create("net.CIDR");
                    case Url _ -> OpaqueType.create("kubernetes.URL");
                    case Quantity _ -> OpaqueType.create("kubernetes.Quantity");
                    case Semver _ -> OpaqueType.create("kubernetes.Semver");
                    case NamedFormat _ -> OpaqueType.create("kubernetes.NamedFormat");
                    default -> OpaqueType.create(value.getClass().getSimpleName());
                });
    }

    /// What messages call the type of a value.
    public static String typeName(Object value) {
        return type(value).containingTypeName();
    }
}
