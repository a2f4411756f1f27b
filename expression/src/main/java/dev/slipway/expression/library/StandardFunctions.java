package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.DURATION;
import static dev.slipway.expression.library.Parameter.DYN;
import static dev.slipway.expression.library.Parameter.LIST;
import static dev.slipway.expression.library.Parameter.MAP;
import static dev.slipway.expression.library.Parameter.TEXT;
import static dev.slipway.expression.library.Parameter.TIMESTAMP;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/// Operators of the language where the CEL library answers differently from everyone else.
final class StandardFunctions {
    static final List<Function> ALL =
            Stream.of(
                            Stream.of(
                                    Function.standard("type", DYN, Values::type),
                                    Function.standard("to_dyn", DYN, value -> value),
                                    Function.standard(
                                            "in_list", DYN, LIST, StandardFunctions::isIn),
                                    Function.standard(
                                            "in_map", DYN, MAP, StandardFunctions::isKeyOf),
                                    Function.standard(
                                            "add_list", LIST, LIST, StandardFunctions::joined)),
                            texts(),
                            moments())
                    .flatMap(functions -> functions)
                    .toList();

    private StandardFunctions() {}

    private static boolean isIn(Object value, List<Object> list) {
        return list.stream().anyMatch(element -> Values.same(element, value));
    }

    private static boolean isKeyOf(Object key, Map<Object, Object> map) {
        return map.containsKey(key)
                || (key instanceof Number number
                        && Values.sameNumbers(number).stream().anyMatch(map::containsKey));
    }

    private static List<Object> joined(List<Object> left, List<Object> right) {
        if (left instanceof Growth.OfList growing) {
            return growing.with(right);
        }
        if (left instanceof KeyedList keyed && keyed.key().isPresent()) {
            return KeyedList.plus(left, right, keyed.key().get());
        }
        List<Object> all = new ArrayList<>(left.size() + right.size());
        all.addAll(left);
        all.addAll(right);
        return all;
    }

    private static Stream<Function> texts() {
        return Stream.of(
                ordered("less_string", order -> order < 0),
                ordered("less_equals_string", order -> order <= 0),
                ordered("greater_string", order -> order > 0),
                ordered("greater_equals_string", order -> order >= 0));
    }

    private static Function ordered(String overload, IntPredicate fits) {
        return Function.standard(
                overload,
                TEXT,
                TEXT,
                (left, right) -> fits.test(TextOrder.BY_CODE_POINT.compare(left, right)));
    }

    private static Stream<Function> moments() {
        return Stream.of(
                Function.standard(
                        "add_duration_duration", DURATION, DURATION, StandardFunctions::sum),
                Function.standard(
                        "subtract_duration_duration",
                        DURATION,
                        DURATION,
                        (left, right) -> sum(left, right.negated())),
                Function.standard(
                        "add_timestamp_duration", TIMESTAMP, DURATION, StandardFunctions::later),
                Function.standard(
                        "add_duration_timestamp",
                        DURATION,
                        TIMESTAMP,
                        (span, moment) -> later(moment, span)),
                Function.standard(
                        "subtract_timestamp_duration",
                        TIMESTAMP,
                        DURATION,
                        (moment, span) -> later(moment, span.negated())),
                Function.standard(
                        "subtract_timestamp_timestamp",
                        TIMESTAMP,
                        TIMESTAMP,
                        StandardFunctions::between),
                Function.standard("duration_to_milliseconds", DURATION, Duration::toMillis));
    }

    private static Duration sum(Duration left, Duration right) {
        return bounded(left.plus(right));
    }

    private static Duration between(Instant moment, Instant earlier) {
        return bounded(Duration.between(earlier, moment));
    }

    /// Spans are counted in nanoseconds of 64 bits.
    private static Duration bounded(Duration span) {
        try {
            return Duration.ofNanos(span.toNanos());
        } catch (ArithmeticException e) {
            throw Failures.overflow("integer overflow");
        }
    }

    private static Instant later(Instant moment, Duration span) {
        try {
            return ConversionFunctions.inRange(moment.plus(span));
        } catch (DateTimeException | ArithmeticException e) {
            throw Failures.overflow("timestamp overflow");
        }
    }
}
