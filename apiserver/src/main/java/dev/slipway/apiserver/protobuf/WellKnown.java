package dev.slipway.apiserver.protobuf;

import dev.slipway.kernel.model.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The messages that are one value in JSON: moments, durations, quantities, and JSON itself.
final class WellKnown {
    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String TIME = META + "Time";
    private static final String MICRO_TIME = META + "MicroTime";
    private static final String DURATION = META + "Duration";
    private static final String FIELDS = META + "FieldsV1";
    private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    private static final String NUMBER_OR_TEXT = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    private static final String RAW = "io.k8s.apimachinery.pkg.runtime.RawExtension";
    private static final String JSON =
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON";
    private static final Set<String> ALL =
            Set.of(TIME, MICRO_TIME, DURATION, FIELDS, QUANTITY, NUMBER_OR_TEXT, RAW, JSON);

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /// The begin of the year 1, which means no moment at all to who sends it.
    private static final long ZERO_SECONDS = -62_135_596_800L;

    /// The end of the year 9999.
    private static final long MAX_SECONDS = 253_402_300_799L;

    private WellKnown() {}

    static boolean knows(String type) {
        return ALL.contains(type);
    }

    /// Whether it holds any JSON, of which null is as good as any other.
    static boolean isJson(String type) {
        return type.equals(JSON);
    }

    /// What it is in JSON; null where it stands for no value.
    static @Nullable Object value(String type, Cursor cursor) {
        var parts = new Parts(cursor);
        return switch (type) {
            case TIME -> moment(parts, SECONDS, cursor);
            case MICRO_TIME -> moment(parts, MICROSECONDS, cursor);
            case DURATION -> duration(parts.first);
            case QUANTITY -> parts.text(1);
            case NUMBER_OR_TEXT -> parts.first == 0 ? (Object) parts.second : parts.text(3);
            default -> parts.isEmpty() ? null : Json.read(parts.bytes());
        };
    }

    /// The message of what it is in JSON.
    static Output write(String type, Object value) {
        var out = new Output();
        return switch (type) {
            case TIME, MICRO_TIME -> moment(Instant.parse((String) value), out);
            case DURATION -> out.number(1, nanoseconds((String) value));
            case QUANTITY -> out.text(1, (String) value);
            case NUMBER_OR_TEXT ->
                    value instanceof Long number
                            ? out.number(1, 0).number(2, number)
                            : out.number(1, 1).text(3, (String) value);
            default -> json(value);
        };
    }

    /// The message of any JSON, which null is, too.
    static Output json(@Nullable Object value) {
        return new Output().part(1, Json.write(value));
    }

    private static long nanoseconds(String seconds) {
        return new java.math.BigDecimal(seconds.substring(0, seconds.length() - 1))
                .movePointRight(9)
                .longValueExact();
    }

    private static Output moment(Instant moment, Output out) {
        return out.number(1, moment.getEpochSecond()).number(2, moment.getNano());
    }

    /// The fields of a small message, read without knowing which it is.
    private static final class Parts {
        private long first;
        private long second;
        private @Nullable Cursor one;
        private @Nullable Cursor three;

        Parts(Cursor cursor) {
            while (!cursor.isAtEnd()) {
                var tag = cursor.tag();
                switch (tag) {
                    case 1 << 3 -> first = cursor.varint();
                    case 2 << 3 -> second = cursor.varint();
                    case 1 << 3 | Cursor.LENGTH -> one = cursor.part();
                    case 3 << 3 | Cursor.LENGTH -> three = cursor.part();
                    default -> cursor.skip(tag & 7);
                }
            }
        }

        boolean isEmpty() {
            return bytes().length == 0;
        }

        byte[] bytes() {
            return one == null ? new byte[0] : one.rest();
        }

        String text(int number) {
            var part = number == 1 ? one : three;
            return part == null ? "" : part.text();
        }
    }

    private static @Nullable Object moment(Parts parts, DateTimeFormatter format, Cursor cursor) {
        if ((parts.first == 0 && parts.second == 0) || parts.first == ZERO_SECONDS) {
            return null;
        }
        if (parts.first < ZERO_SECONDS || parts.first > MAX_SECONDS) {
            throw cursor.malformed("a moment is outside of the years 1 to 9999");
        }
        return format.format(Instant.ofEpochSecond(parts.first, parts.second));
    }

    /// As Go writes it, in seconds and their fractions.
    private static String duration(long nanoseconds) {
        return nanoseconds == 0
                ? "0s"
                : java.math.BigDecimal.valueOf(nanoseconds, 9).stripTrailingZeros().toPlainString()
                        + "s";
    }
}
