package dev.slipway.expression;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.slipway.expression.library.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns what the evaluation gives into a plain tree.
final class Result {
    /// Up to here all whole numbers are doubles too.
    private static final double EXACT = 0x1p53;

    /// The result cannot be written into a document.
    private static final class Unwritable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unwritable(String message) {
            super(message);
        }
    }

    /// The moment that Kubernetes takes for none.
    private static final Instant NO_MOMENT = Instant.parse("0001-01-01T00:00:00Z");

    private Result() {}

    static Value of(@Nullable Object result) {
        try {
            return new Value.Known(plain(result));
        } catch (Unwritable e) {
            return new Value.Failed(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Data data -> data.tree();
            case String _, Boolean _, Long _ -> value;
            case NullValue _ -> null;
            case Integer whole -> whole.longValue();
            case Double number -> number(number);
            case UnsignedLong whole -> signed(whole);
            case Optional<?> optional -> plain(optional.orElse(null));
            case Duration duration -> Durations.text(duration);
            case Instant instant -> instant.equals(NO_MOMENT) ? null : text(instant);
            case Map<?, ?> map -> plain(map);
            case Collection<?> list -> plain(list);
            case CelByteString _ ->
                    throw new Unwritable(
                            "bytes cannot be written into a resource; encode them, for instance with base64.encode(...)");
            default ->
                    throw new Unwritable(
                            "a value of type "
                                    + nameOf(value)
                                    + " cannot be written into a resource");
        };
    }

    /// A document does not tell `2.0` from `2`, so that a double without fraction may stand for a whole number.
    private static Object number(double number) {
        if (!Double.isFinite(number)) {
            throw new Unwritable("the number " + number + " cannot be written into a resource");
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) <= EXACT;
        return whole && !isNegativeZero(number) ? (Object) (long) number : (Object) number;
    }

    private static boolean isNegativeZero(double number) {
        return number == 0 && 1 / number < 0;
    }

    private static Long signed(UnsignedLong whole) {
        if (whole.longValue() < 0) {
            throw new Unwritable("the number " + whole + " is too large for a resource");
        }
        return whole.longValue();
    }

    /// With the fraction of its second, which the original loses.
    private static String text(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static Map<String, @Nullable Object> plain(Map<?, ?> map) {
        Map<String, @Nullable Object> tree = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new Unwritable("map keys must be strings in a resource, got " + key);
            }
            tree.put(name, plain(value));
        });
        return tree;
    }

    private static List<@Nullable Object> plain(Collection<?> list) {
        List<@Nullable Object> tree = new ArrayList<>(list.size());
        list.forEach(element -> tree.add(plain(element)));
        return tree;
    }

    private static String nameOf(Object value) {
        return value.getClass().getSimpleName();
    }
}
