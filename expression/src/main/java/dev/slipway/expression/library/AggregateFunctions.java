package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.ITEM;
import static dev.slipway.expression.library.Parameter.LIST;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a whole list amounts to: its sum, least and greatest, whether it is sorted, and where something is in it.
final class AggregateFunctions {
    private static final List<CelType> SUMMABLE =
            List.of(SimpleType.INT, SimpleType.UINT, SimpleType.DOUBLE, SimpleType.DURATION);

    static final List<Function> ALL =
            Stream.of(
                            SUMMABLE.stream()
                                    .map(type -> of("sum", type, type, AggregateFunctions::sum)),
                            SortFunctions.COMPARABLE.stream()
                                    .flatMap(AggregateFunctions::comparing),
                            Stream.of(
                                    Function.member(
                                            "indexOf",
                                            SimpleType.INT,
                                            LIST,
                                            ITEM,
                                            AggregateFunctions::indexOf),
                                    Function.member(
                                            "lastIndexOf",
                                            SimpleType.INT,
                                            LIST,
                                            ITEM,
                                            AggregateFunctions::lastIndexOf)))
                    .flatMap(functions -> functions)
                    .toList();

    private AggregateFunctions() {}

    private static Stream<Function> comparing(CelType type) {
        return Stream.of(
                of("min", type, type, list -> extreme("min", list, 1)),
                of("max", type, type, list -> extreme("max", list, -1)),
                of("isSorted", SimpleType.BOOL, type, AggregateFunctions::isSorted));
    }

    private static Function of(
            String name, CelType result, CelType element, Function.One<List<Object>> body) {
        return Function.member(name, result, Parameter.list(ListType.create(element)), body);
    }

    private static Object sum(List<Object> list) {
        return list.stream().reduce(AggregateFunctions::add).orElse(0L);
    }

    private static Object add(Object left, Object right) {
        try {
            return switch (left) {
                case Long number when right instanceof Long other -> Math.addExact(number, other);
                case Double number when right instanceof Double other -> number + other;
                case UnsignedLong number when right instanceof UnsignedLong other ->
                        add(number, other);
                case Duration duration when right instanceof Duration other -> add(duration, other);
                default -> throw Failures.noOverload("sum");
            };
        } catch (ArithmeticException e) {
            throw Failures.overflow("sum: overflow");
        }
    }

    private static UnsignedLong add(UnsignedLong left, UnsignedLong right) {
        BigInteger sum = left.bigIntegerValue().add(right.bigIntegerValue());
        if (sum.bitLength() > Long.SIZE) {
            throw new ArithmeticException();
        }
        return UnsignedLong.valueOf(sum);
    }

    private static Duration add(Duration left, Duration right) {
        return Duration.ofNanos(left.plus(right).toNanos());
    }

    /// @param worse how the one found so far compares with a better one
    private static Object extreme(String name, List<Object> list, int worse) {
        return list.stream()
                .reduce((found, next) ->
                        Integer.signum(Values.compare(found, next).orElse(0)) == worse
                                ? next
                                : found)
                .orElseThrow(() -> Failures.invalid(name + " called on empty list"));
    }

    private static boolean isSorted(List<Object> list) {
        return IntStream.range(1, list.size())
                .noneMatch(index ->
                        Values.compare(list.get(index - 1), list.get(index)).orElse(0) > 0);
    }

    private static long indexOf(List<Object> list, Object item) {
        return IntStream.range(0, list.size())
                .filter(index -> Values.same(list.get(index), item))
                .findFirst()
                .orElse(-1);
    }

    private static long lastIndexOf(List<Object> list, Object item) {
        return IntStream.range(0, list.size())
                .filter(index -> Values.same(list.get(index), item))
                .max()
                .orElse(-1);
    }
}
