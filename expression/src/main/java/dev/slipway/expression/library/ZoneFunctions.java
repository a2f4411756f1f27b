package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.TEXT;
import static dev.slipway.expression.library.Parameter.TIMESTAMP;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parts of a moment as clocks of a zone show them. A zone is a name of the time zone database, `UTC`, `Local`, or an offset
/// such as `+05:30`.
final class ZoneFunctions {
    private static final Pattern OFFSET = Pattern.compile("([+-]?)(\\d{1,2}):(\\d{1,2})");

    static final List<Function> ALL =
            List.of(
                    of("timestamp_to_year_with_tz", ZonedDateTime::getYear),
                    of("timestamp_to_month_with_tz", time -> time.getMonthValue() - 1),
                    of("timestamp_to_day_of_year_with_tz", time -> time.getDayOfYear() - 1),
                    of("timestamp_to_day_of_month_with_tz", time -> time.getDayOfMonth() - 1),
                    of("timestamp_to_day_of_month_1_based_with_tz", ZonedDateTime::getDayOfMonth),
                    of(
                            "timestamp_to_day_of_week_with_tz",
                            time -> time.getDayOfWeek().getValue() % 7),
                    of("timestamp_to_hours_with_tz", ZonedDateTime::getHour),
                    of("timestamp_to_minutes_with_tz", ZonedDateTime::getMinute),
                    of("timestamp_to_seconds_with_tz", ZonedDateTime::getSecond),
                    of("timestamp_to_seconds_tz", ZonedDateTime::getSecond),
                    of("timestamp_to_milliseconds_with_tz", time -> time.getNano() / 1_000_000));

    private ZoneFunctions() {}

    private static Function of(String overload, ToLongFunction<ZonedDateTime> part) {
        return Function.standard(
                overload,
                TIMESTAMP,
                TEXT,
                (moment, zone) -> part.applyAsLong(moment.atZone(zone(zone))));
    }

    private static ZoneId zone(String text) {
        Matcher offset = OFFSET.matcher(text);
        if (offset.matches()) {
            int minutes =
                    60 * Integer.parseInt(offset.group(2)) + Integer.parseInt(offset.group(3));
            return offset(offset.group(1).equals("-") ? -minutes : minutes, text);
        }
        if (text.isEmpty() || text.equals("UTC") || text.equals("Local")) {
            return ZoneOffset.UTC;
        }
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            throw Failures.invalid("unknown time zone " + text);
        }
        return ZoneId.of(text);
    }

    private static ZoneId offset(int minutes, String text) {
        if (Math.abs(minutes) > 18 * 60) {
            throw Failures.invalid("unknown time zone " + text);
        }
        return ZoneOffset.ofTotalSeconds(60 * minutes);
    }
}
