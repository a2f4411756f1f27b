package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.DYNS;
import static dev.slipway.expression.library.Parameter.TEXT;

import com.google.common.io.BaseEncoding;
import com.google.common.primitives.UnsignedLong;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// `'%s has %d'.format([name, count])`.
final class FormatFunctions {
    static final List<Function> ALL = functions(new Second());

    /// What validation rules have.
    static final List<Function> FIRST_GENERATION = functions(new FirstFormat());

    private FormatFunctions() {}

    private static List<Function> functions(FormatStyle style) {
        return List.of(
                Function.member(
                        "format",
                        SimpleType.STRING,
                        TEXT,
                        DYNS,
                        (pattern, arguments) -> format(style, pattern, arguments)));
    }

    private static String format(FormatStyle style, String pattern, List<Object> arguments) {
        FormatPattern parsed = FormatPattern.of(pattern);
        checkCount(parsed, arguments.size());
        Iterator<Object> next = arguments.iterator();
        return parsed.pieces().stream()
                .map(piece ->
                        switch (piece) {
                            case FormatPattern.Text(var text) -> text;
                            case FormatPattern.Clause clause -> text(style, clause, next.next());
                        })
                .collect(Collectors.joining());
    }

    static void checkCount(FormatPattern pattern, int arguments) {
        if (pattern.size() != arguments) {
            throw Failures.invalid(
                    "format: expected "
                            + pattern.size()
                            + " arguments for the clauses, got "
                            + arguments);
        }
    }

    private static String text(FormatStyle style, FormatPattern.Clause clause, Object value) {
        return switch (clause.verb()) {
            case 'd' -> style.decimal(clause, value);
            case 'f' -> style.fixed(clause, value);
            case 'e' -> style.scientific(clause, value);
            case 'b' ->
                    value instanceof Boolean bool
                            ? (bool ? "1" : "0")
                            : whole(clause, value).toString(2);
            case 'o' -> whole(clause, value).toString(8);
            case 'x' -> hexadecimal(clause, value);
            case 'X' -> hexadecimal(clause, value).toUpperCase(Locale.ROOT);
            default -> style.text(clause, value);
        };
    }

    private static String misfit(FormatPattern.Clause clause, Object value) {
        throw unfit(clause.verb(), Values.typeName(value));
    }

    static CelRuntimeException unfit(char verb, String type) {
        return Failures.invalid("format: %" + verb + " cannot be used on " + type);
    }

    private static String decimal(Number number) {
        return number instanceof Double fraction ? plainDouble(fraction) : number.toString();
    }

    private static String plainDouble(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        boolean negativeZero = number == 0 && 1 / number < 0;
        return negativeZero
                ? "-0"
                : new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    private static BigDecimal exact(Number number) {
        return switch (number) {
            case Long whole -> BigDecimal.valueOf(whole);
            case UnsignedLong whole -> new BigDecimal(whole.bigIntegerValue());
            default -> new BigDecimal(number.doubleValue());
        };
    }

    private static String sign(Number number) {
        return number instanceof Double fraction && fraction == 0 && 1 / fraction < 0 ? "-" : "";
    }

    static String fixed(Number number, int precision) {
        if (!Double.isFinite(number.doubleValue())) {
            return Double.toString(number.doubleValue());
        }
        return sign(number)
                + exact(number).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String scientific(Number number, int precision) {
        if (!Double.isFinite(number.doubleValue())) {
            return Double.toString(number.doubleValue());
        }
        BigDecimal exact = exact(number);
        if (exact.signum() == 0) {
            return sign(number) + BigDecimal.ZERO.setScale(precision).toPlainString() + "e+00";
        }
        BigDecimal rounded = exact.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        String mantissa =
                rounded.movePointLeft(exponent)
                        .setScale(precision, RoundingMode.UNNECESSARY)
                        .toPlainString();
        return mantissa
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    private static BigInteger whole(FormatPattern.Clause clause, Object value) {
        return switch (value) {
            case Long number -> BigInteger.valueOf(number);
            case UnsignedLong number -> number.bigIntegerValue();
            default -> throw unfit(clause.verb(), Values.typeName(value));
        };
    }

    private static String hexadecimal(FormatPattern.Clause clause, Object value) {
        return switch (value) {
            case String text -> hexadecimal(text.getBytes(StandardCharsets.UTF_8));
            case CelByteString bytes -> hexadecimal(bytes.toByteArray());
            default -> whole(clause, value).toString(16);
        };
    }

    private static String hexadecimal(byte[] bytes) {
        return BaseEncoding.base16().lowerCase().encode(bytes);
    }

    private static String plain(FormatPattern.Clause clause, Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean _, Long _, UnsignedLong _ -> value.toString();
            case Double number -> plainDouble(number);
            case NullValue _ -> "null";
            case CelByteString bytes -> new String(bytes.toByteArray(), StandardCharsets.UTF_8);
            case Instant instant -> ConversionFunctions.text(instant);
            case Duration duration -> ConversionFunctions.text(duration);
            case TypeType type -> type.containingTypeName();
            case Collection<?> list ->
                    list.stream()
                            .map(element -> plain(clause, element))
                            .collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry ->
                                    Map.entry(
                                            plain(clause, entry.getKey()),
                                            plain(clause, entry.getValue())))
                            .sorted(
                                    Comparator.comparing(
                                            Map.Entry::getKey, TextOrder.BY_CODE_POINT))
                            .map(entry -> entry.getKey() + ": " + entry.getValue())
                            .collect(Collectors.joining(", ", "{", "}"));
            default -> misfit(clause, value);
        };
    }

    /// The second generation, which templates have.
    private static final class Second implements FormatStyle {
        @Override
        public String decimal(FormatPattern.Clause clause, Object value) {
            return value instanceof Number number
                    ? FormatFunctions.decimal(number)
                    : misfit(clause, value);
        }

        @Override
        public String fixed(FormatPattern.Clause clause, Object value) {
            return value instanceof Number number
                    ? FormatFunctions.fixed(number, clause.precision())
                    : misfit(clause, value);
        }

        @Override
        public String scientific(FormatPattern.Clause clause, Object value) {
            return value instanceof Number number
                    ? FormatFunctions.scientific(number, clause.precision())
                    : misfit(clause, value);
        }

        @Override
        public String text(FormatPattern.Clause clause, Object value) {
            return plain(clause, value);
        }
    }
}
