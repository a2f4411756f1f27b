package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.BOOL;
import static dev.slipway.expression.library.Parameter.DOUBLE;
import static dev.slipway.expression.library.Parameter.DURATION;
import static dev.slipway.expression.library.Parameter.TEXT;
import static dev.slipway.expression.library.Parameter.TIMESTAMP;

import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.standard.BoolFunction.BoolOverload;
import dev.cel.runtime.standard.CelStandardOverload;
import dev.cel.runtime.standard.StringFunction.StringOverload;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Set;

/// Conversions of the language where the CEL library spells or reads values differently from everyone else.
final class ConversionFunctions {
    private static final DateTimeFormatter MOMENT =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .appendLiteral('Z')
                    .toFormatter();

    /// The signatures of the language that have a body here.
    private static final Set<CelStandardOverload> REPLACED =
            Set.of(
                    StringOverload.DOUBLE_TO_STRING,
                    StringOverload.DURATION_TO_STRING,
                    StringOverload.TIMESTAMP_TO_STRING,
                    BoolOverload.BOOL_TO_BOOL,
                    BoolOverload.STRING_TO_BOOL);

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
                            ConversionFunctions::bool));

    private ConversionFunctions() {}

    /// What the language brings along, without what is replaced here.
    static CelStandardFunctions standardFunctions() {
        return CelStandardFunctions.newBuilder()
                .filterFunctions((_, overload) -> !REPLACED.contains(overload))
                .build();
    }

    private static boolean bool(String text) {
        if (!TRUE.contains(text) && !FALSE.contains(text)) {
            throw Failures.invalid("not a bool: '" + text + "'");
        }
        return TRUE.contains(text);
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
