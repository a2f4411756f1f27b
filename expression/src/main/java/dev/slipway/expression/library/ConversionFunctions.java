package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.BOOL;
import static dev.slipway.expression.library.Parameter.DOUBLE;
import static dev.slipway.expression.library.Parameter.DURATION;
import static dev.slipway.expression.library.Parameter.INT;
import static dev.slipway.expression.library.Parameter.TEXT;
import static dev.slipway.expression.library.Parameter.TIMESTAMP;

import dev.cel.common.types.SimpleType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Conversions of the language where the CEL library spells or reads values differently from everyone else.
final class ConversionFunctions {
    private static final DateTimeFormatter MOMENT =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .appendLiteral('Z')
                    .toFormatter();

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,40}");
    private static final Pattern NUMBER =
            Pattern.compile(
                    "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]+)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEXADECIMAL =
            Pattern.compile(
                    "[+-]?0x([0-9a-f]+\\.?[0-9a-f]*|\\.[0-9a-f]+)p[+-]?[0-9]+",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_NUMBER =
            Pattern.compile("([+-]?)(inf|infinity)|nan", Pattern.CASE_INSENSITIVE);

    /// A date, a time, a fraction of a second of any length, and an offset.
    private static final Pattern MOMENT_TEXT =
            Pattern.compile(
                    "([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?)[0-9]*(Z|[+-][0-9]{2}:[0-9]{2})");

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    static final List<Function> ALL =
            List.of(
                    Function.standard(
                            "double_to_string",
                            "string",
                            SimpleType.STRING,
                            DOUBLE,
                            NumberText::general),
                    Function.standard(
                            "duration_to_string",
                            "string",
                            SimpleType.STRING,
                            DURATION,
                            ConversionFunctions::text),
                    Function.standard(
                            "timestamp_to_string",
                            "string",
                            SimpleType.STRING,
                            TIMESTAMP,
                            ConversionFunctions::text),
                    Function.standard("bool_to_bool", "bool", SimpleType.BOOL, BOOL, bool -> bool),
                    Function.standard(
                            "string_to_bool",
                            "bool",
                            SimpleType.BOOL,
                            TEXT,
                            ConversionFunctions::bool),
                    Function.standard(
                            "string_to_int64",
                            "int",
                            SimpleType.INT,
                            TEXT,
                            ConversionFunctions::whole),
                    Function.standard(
                            "string_to_double",
                            "double",
                            SimpleType.DOUBLE,
                            TEXT,
                            ConversionFunctions::number),
                    Function.standard(
                            "string_to_duration",
                            "duration",
                            SimpleType.DURATION,
                            TEXT,
                            ConversionFunctions::span),
                    Function.standard(
                            "string_to_timestamp",
                            "timestamp",
                            SimpleType.TIMESTAMP,
                            TEXT,
                            ConversionFunctions::moment),
                    Function.standard(
                            "int64_to_timestamp",
                            "timestamp",
                            SimpleType.TIMESTAMP,
                            INT,
                            ConversionFunctions::moment),
                    Function.standard("int64_to_int64", "int", SimpleType.INT, INT, n -> n),
                    Function.standard(
                            "double_to_double", "double", SimpleType.DOUBLE, DOUBLE, n -> n),
                    Function.standard(
                            "duration_to_duration",
                            "duration",
                            SimpleType.DURATION,
                            DURATION,
                            d -> d),
                    Function.standard(
                            "timestamp_to_timestamp",
                            "timestamp",
                            SimpleType.TIMESTAMP,
                            TIMESTAMP,
                            moment -> moment));

    private ConversionFunctions() {}

    private static boolean bool(String text) {
        if (!TRUE.contains(text) && !FALSE.contains(text)) {
            throw Failures.invalid("not a bool: '" + text + "'");
        }
        return TRUE.contains(text);
    }

    private static long whole(String text) {
        try {
            if (WHOLE.matcher(text).matches()) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException e) {
            throw Failures.invalid("out of range: " + text);
        }
        throw Failures.invalid("not an integer: '" + text + "'");
    }

    private static double number(String text) {
        if (NUMBER.matcher(text).matches() || HEXADECIMAL.matcher(text).matches()) {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
            throw Failures.invalid("out of range: " + text);
        }
        Matcher none = NO_NUMBER.matcher(text);
        if (!none.matches()) {
            throw Failures.invalid("not a number: '" + text + "'");
        }
        if (none.group(2) == null) {
            return Double.NaN;
        }
        return none.group(1).equals("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    private static Duration span(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw Failures.invalid(String.valueOf(e.getMessage()));
        }
    }

    static Instant moment(String text) {
        Matcher parts = MOMENT_TEXT.matcher(text);
        if (!parts.matches()) {
            throw Failures.invalid("not a time: '" + text + "'");
        }
        try {
            return inRange(OffsetDateTime.parse(parts.group(1) + parts.group(2)).toInstant());
        } catch (DateTimeException e) {
            throw Failures.invalid("not a time: '" + text + "'");
        }
    }

    static Instant moment(long seconds) {
        try {
            return inRange(Instant.ofEpochSecond(seconds));
        } catch (DateTimeException e) {
            throw Failures.invalid("no time has this many seconds: " + seconds);
        }
    }

    static Instant inRange(Instant moment) {
        if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
            throw Failures.invalid("a time must lie in the years 1 to 9999");
        }
        return moment;
    }

    static String text(Instant instant) {
        return MOMENT.format(instant.atOffset(ZoneOffset.UTC));
    }

    /// Seconds, with as many decimals as needed: `1.5s`.
    static String text(Duration duration) {
        BigDecimal seconds =
                BigDecimal.valueOf(duration.getSeconds())
                        .add(BigDecimal.valueOf(duration.getNano(), 9));
        return (seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString()) + "s";
    }
}
