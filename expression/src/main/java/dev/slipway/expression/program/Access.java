package dev.slipway.expression.program;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.CelErrorCode;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.common.values.NullValue;
import dev.slipway.expression.library.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads members of maps and elements of lists.
final class Access {
    private Access() {}

    /// The member or element; a fault where there is none.
    static Object read(Object object, Object key) {
        Object found = find(object, key);
        return found instanceof Absent ? missing(object, key) : found;
    }

    /// The member or element, or [Absent].
    static Object find(Object object, Object key) {
        try {
            return switch (object) {
                case Fault fault -> fault;
                case Object _ when !isKey(key) -> Fault.invalid("no value can be at such a key");
                case Map<?, ?> map -> member(map, key);
                case List<?> list -> element(list, key);
                default -> Absent.ABSENT;
            };
        } catch (CelRuntimeException e) {
            return Fault.of(e);
        }
    }

    private static boolean isKey(Object key) {
        return key instanceof String || key instanceof Number || key instanceof Boolean;
    }

    private static Object member(Map<?, ?> map, Object key) {
        Object value = map.get(key);
        if (value != null || map.containsKey(key)) {
            return known(value);
        }
        return key instanceof Number number ? memberAt(map, number) : Absent.ABSENT;
    }

    /// Numbers that are equal are the same key, whatever their types.
    private static Object memberAt(Map<?, ?> map, Number number) {
        for (Object other : Values.sameNumbers(number)) {
            if (map.containsKey(other)) {
                return known(map.get(other));
            }
        }
        return Absent.ABSENT;
    }

    private static Object element(List<?> list, Object key) {
        long index;
        switch (key) {
            case Long whole -> index = whole;
            case UnsignedLong whole when whole.longValue() >= 0 -> index = whole.longValue();
            case Double number when number == Math.rint(number) -> index = number.longValue();
            case Number number -> {
                return badIndex("value " + number);
            }
            default -> {
                return badIndex("type '" + Values.typeName(key) + "'");
            }
        }
        return index >= 0 && index < list.size() ? known(list.get((int) index)) : Absent.ABSENT;
    }

    private static Fault badIndex(String what) {
        return new Fault(CelErrorCode.OVERLOAD_NOT_FOUND, "unsupported index " + what + " in list");
    }

    static Object known(@Nullable Object value) {
        return value == null ? NullValue.NULL_VALUE : value;
    }

    /// Something without fields will never have one, so that nobody should wait for it; null may be replaced.
    private static Fault missing(Object object, Object key) {
        return switch (object) {
            case List<?> _ ->
                    new Fault(CelErrorCode.INDEX_OUT_OF_BOUNDS, "index out of bounds: " + key);
            case Map<?, ?> _, NullValue _ ->
                    new Fault(CelErrorCode.ATTRIBUTE_NOT_FOUND, "no such key: " + key);
            default ->
                    Fault.invalid(
                            "no such key: "
                                    + key
                                    + ", a value of type "
                                    + Values.typeName(object)
                                    + " has no fields");
        };
    }
}
