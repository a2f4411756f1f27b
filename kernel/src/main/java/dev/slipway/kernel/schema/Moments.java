package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.MalformedException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/// Moments as built-in kinds write them: in UTC, to the second or to the microsecond.
final class Moments {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final Pattern WITH_MICROSECONDS =
            Pattern.compile(".*T[0-9:]{8}\\.[0-9]{6}(Z|[+-][0-9:]{5})");

    private Moments() {}

    static String seconds(String text) {
        return parse(text, "2006-01-02T15:04:05Z07:00").format(SECONDS);
    }

    /// Refused without six digits of the second's fraction.
    static String microseconds(String text) {
        var form = "2006-01-02T15:04:05.000000Z07:00";
        var moment = parse(text, form);
        if (!WITH_MICROSECONDS.matcher(text).matches()) {
            var at = "2006-01-02T15:04:05".length();
            throw unparsable(text, form, text.substring(Math.min(at, text.length())), ".000000");
        }
        return moment.format(MICROSECONDS);
    }

    private static OffsetDateTime parse(String text, String form) {
        try {
            return OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw unparsable(text, form, text, "2006");
        }
    }

    private static MalformedException unparsable(
            String text, String form, String rest, String expected) {
        return new MalformedException(
                "parsing time \"%s\" as \"%s\": cannot parse \"%s\" as \"%s\""
                        .formatted(text, form, rest, expected),
                null);
    }
}
