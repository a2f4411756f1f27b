package dev.slipway.portal.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/// Writes moments and numbers as the portal shows them, as of a clock and in its zone.
public record Figures(Clock clock) {
    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    /// `184,302`.
    public static String revision(String number) {
        try {
            return Words.number(Long.parseLong(number));
        } catch (NumberFormatException e) {
            return number;
        }
    }

    /// Today `14:06`, within a week `Wed`, else `9 Nov`, in another year `9 Nov 2025`.
    public String moment(Instant moment) {
        var then = moment.atZone(clock.getZone());
        var now = ZonedDateTime.now(clock);
        if (then.toLocalDate().equals(now.toLocalDate())) {
            return TIME.format(then);
        }
        if (then.isBefore(now) && then.isAfter(now.minusDays(6))) {
            return then.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        }
        var day =
                then.getDayOfMonth()
                        + " "
                        + then.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        return then.getYear() == now.getYear() ? day : day + " " + then.getYear();
    }

    /// With date, seconds and zone, for a title.
    public String exact(Instant moment) {
        var then = moment.atZone(clock.getZone());
        return EXACT.format(then)
                + " "
                + then.getZone().getDisplayName(TextStyle.SHORT, Locale.ROOT);
    }

    /// How long ago, never negative.
    public Duration ago(Instant moment) {
        var ago = Duration.between(moment, clock.instant());
        return ago.isNegative() ? Duration.ZERO : ago;
    }
}
