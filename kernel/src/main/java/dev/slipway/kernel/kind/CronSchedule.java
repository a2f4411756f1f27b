package dev.slipway.kernel.kind;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// When a cron job is due: minutes, hours, days of the month, months, days of the week.
///
/// @param anyDay whether the day of the month is `*`
/// @param anyWeekday whether the day of the week is `*`
public record CronSchedule(
        BitSet minutes,
        BitSet hours,
        BitSet days,
        BitSet months,
        BitSet weekdays,
        boolean anyDay,
        boolean anyWeekday) {
    private static final int FIELDS = 5;

    /// How many years are searched for a day that fits; the 29th of February is at most eight years away.
    private static final int MOST_YEARS = 9;

    private static final Map<String, String> NAMES =
            Map.of(
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *",
                    "@monthly", "0 0 1 * *",
                    "@weekly", "0 0 * * 0",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@hourly", "0 * * * *");
    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");
    private static final List<String> WEEKDAYS =
            List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    /// Reads a schedule; empty where it is none.
    public static Optional<CronSchedule> of(String text) {
        var fields = NAMES.getOrDefault(text.strip(), text.strip()).split("\\s+", -1);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        try {
            var weekdays = field(fields[4], 0, 7, WEEKDAYS, 0);
            if (weekdays.get(7)) {
                weekdays.set(0);
            }
            return Optional.of(
                    new CronSchedule(
                            field(fields[0], 0, 59, List.of(), 0),
                            field(fields[1], 0, 23, List.of(), 0),
                            field(fields[2], 1, 31, List.of(), 0),
                            field(fields[3], 1, 12, MONTHS, 1),
                            weekdays,
                            isAny(fields[2]),
                            isAny(fields[4])));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean isAny(String field) {
        return field.startsWith("*") || field.equals("?");
    }

    private static BitSet field(String text, int least, int most, List<String> names, int first) {
        var set = new BitSet();
        for (var part : text.split(",", -1)) {
            var step = part.split("/", -1);
            if (step.length > 2) {
                throw new IllegalArgumentException(part);
            }
            var by = step.length == 2 ? Integer.parseInt(step[1]) : 1;
            var ends = step[0].split("-", -1);
            var all = isAny(step[0]);
            var from = all ? least : number(ends[0], names, first);
            var to =
                    all || (ends.length == 1 && step.length == 2)
                            ? most
                            : number(ends[ends.length - 1], names, first);
            if (by < 1 || from < least || to > most || from > to || ends.length > 2) {
                throw new IllegalArgumentException(part);
            }
            for (int i = from; i <= to; i += by) {
                set.set(i);
            }
        }
        return set;
    }

    private static int number(String text, List<String> names, int first) {
        var index = names.indexOf(text.toLowerCase(Locale.ROOT));
        return index >= 0 ? index + first : Integer.parseInt(text);
    }

    /// The first moment after another; empty where there never is one.
    public Optional<Instant> after(Instant moment, ZoneId zone) {
        var time = moment.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        var end = time.plusYears(MOST_YEARS);
        while (time.isBefore(end)) {
            if (!months.get(time.getMonthValue())) {
                time = time.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).plusMonths(1);
            } else if (!isDay(time)) {
                time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return Optional.of(time.toInstant());
            }
        }
        return Optional.empty();
    }

    /// Where both kinds of days are told, either will do.
    private boolean isDay(ZonedDateTime time) {
        var day = days.get(time.getDayOfMonth());
        var weekday = weekdays.get(time.getDayOfWeek().getValue() % WEEKDAYS.size());
        return (anyDay || anyWeekday) ? day && weekday : day || weekday;
    }
}
