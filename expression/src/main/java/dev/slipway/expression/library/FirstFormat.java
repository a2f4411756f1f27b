package dev.slipway.expression.library;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The first generation of `format`, which validation rules have: texts inside of others in quotes, and numbers as English
/// prints them, `1,234.500000` and `1.500000×10⁰³`.
final class FirstFormat implements FormatStyle {
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final int PRECISION = 6;
    private static final Set<String> ENDLESS = Set.of("NaN", "Infinity", "-Infinity");

    @Override
    public String decimal(FormatPattern.Clause clause, Object value) {
        return switch (value) {
            case Long _, UnsignedLong _ -> value.toString();
            default -> throw FormatFunctions.unfit(clause.verb(), Values.typeName(value));
        };
    }

    @Override
    public String fixed(FormatPattern.Clause clause, Object value) {
        double number = real(clause, value);
        if (!Double.isFinite(number)) {
            return endless(number);
        }
        BigDecimal rounded =
                new BigDecimal(number).setScale(clause.precision(), RoundingMode.HALF_EVEN);
        String sign = number < 0 ? "-" : "";
        String digits = rounded.abs().toPlainString();
        int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
        return sign + grouped(digits.substring(0, point)) + digits.substring(point);
    }

    private static String grouped(String digits) {
        StringBuilder grouped = new StringBuilder(digits);
        for (int index = digits.length() - 3; index > 0; index -= 3) {
            grouped.insert(index, ',');
        }
        return grouped.toString();
    }

    /// With six digits; what the pattern asks for is how much room there is at least.
    @Override
    public String scientific(FormatPattern.Clause clause, Object value) {
        double number = real(clause, value);
        String text = Double.isFinite(number) ? scientific(number) : endless(number);
        return " ".repeat(Math.max(0, clause.precision() - text.length())) + text;
    }

    private static String scientific(double number) {
        BigDecimal exact = new BigDecimal(number);
        BigDecimal rounded = exact.round(new MathContext(PRECISION + 1, RoundingMode.HALF_EVEN));
        int exponent = exact.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa =
                rounded.movePointLeft(exponent)
                        .setScale(PRECISION, RoundingMode.HALF_EVEN)
                        .toPlainString();
        return mantissa + "×10" + raised(exponent);
    }

    private static String raised(int exponent) {
        StringBuilder raised = new StringBuilder(exponent < 0 ? "⁻" : "");
        "%02d"
                .formatted(Math.abs(exponent))
                .chars()
                .forEach(digit -> raised.append(RAISED.charAt(digit - '0')));
        return raised.toString();
    }

    private static String endless(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        return number > 0 ? "∞" : "-∞";
    }

    private static double real(FormatPattern.Clause clause, Object value) {
        return switch (value) {
            case Double number -> number;
            case String text when ENDLESS.contains(text) -> Double.parseDouble(text);
            default -> throw FormatFunctions.unfit(clause.verb(), Values.typeName(value));
        };
    }

    @Override
    public String text(FormatPattern.Clause clause, Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean _, Long _, UnsignedLong _ -> value.toString();
            case Double number -> NumberText.general(number);
            case NullValue _ -> "null";
            case CelByteString bytes -> decoded(bytes);
            case Instant instant -> ConversionFunctions.text(instant);
            case Duration duration -> ConversionFunctions.text(duration);
            case TypeType type -> type.containingTypeName();
            case Collection<?> list ->
                    list.stream()
                            .map(element -> inside(clause, element))
                            .collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry ->
                                    Map.entry(
                                            key(clause, entry.getKey()),
                                            inside(clause, entry.getValue())))
                            .sorted(
                                    Comparator.comparing(
                                            Map.Entry::getKey, TextOrder.BY_CODE_POINT))
                            .map(entry -> entry.getKey() + ":" + entry.getValue())
                            .collect(Collectors.joining(", ", "{", "}"));
            default -> throw FormatFunctions.unfit(clause.verb(), Values.typeName(value));
        };
    }

    private String key(FormatPattern.Clause clause, Object key) {
        return switch (key) {
            case String _, Boolean _, Long _, UnsignedLong _ -> inside(clause, key);
            default -> throw FormatFunctions.unfit(clause.verb(), Values.typeName(key));
        };
    }

    private String inside(FormatPattern.Clause clause, Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case CelByteString bytes -> "b" + quoted(decoded(bytes));
            case Double number when !Double.isFinite(number) -> quoted(NumberText.general(number));
            case Double number -> FormatFunctions.fixed(number, PRECISION);
            case Instant instant -> "timestamp(" + quoted(ConversionFunctions.text(instant)) + ")";
            case Duration duration ->
                    "duration(" + quoted(ConversionFunctions.text(duration)) + ")";
            default -> text(clause, value);
        };
    }

    private static String quoted(String text) {
        return StringFunctions.quote(text);
    }

    private static String decoded(CelByteString bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Failures.invalid("format: invalid UTF-8 in bytes, cannot convert to string");
        }
    }
}
