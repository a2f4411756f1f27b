package dev.slipway.kernel.kind;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// Durations as `kubectl get` prints them: `5s`, `3m20s`, `4h`, `12d`.
public final class Ages {
    private static final String UNKNOWN = "<unknown>";
    private static final String INVALID = "<invalid>";
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long YEAR = 365 * DAY;

    private Ages() {}

    /// How long ago a point in time was.
    public static String since(String time, Instant now) {
        if (time.isEmpty()) {
            return UNKNOWN;
        }
        try {
            return print(Duration.between(Instant.parse(time), now));
        } catch (DateTimeParseException e) {
            return INVALID;
        }
    }

    static String print(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < -1) {
            return INVALID;
        }
        if (seconds < 2 * MINUTE) {
            return Math.max(0, seconds) + "s";
        }
        if (seconds < 3 * HOUR) {
            return two(seconds, MINUTE, "m", 1, "s", 10 * MINUTE);
        }
        if (seconds < 2 * DAY) {
            return two(seconds, HOUR, "h", MINUTE, "m", 8 * HOUR);
        }
        if (seconds < 2 * YEAR) {
            return two(seconds, DAY, "d", HOUR, "h", 8 * DAY);
        }
        return two(seconds, YEAR, "y", DAY, "d", 8 * YEAR);
    }

    /// In the larger unit, with what is left over in the smaller one below `exact`.
    private static String two(
            long seconds, long large, String largeName, long small, String smallName, long exact) {
        long rest = seconds % large / small;
        return seconds / large + largeName + (seconds < exact && rest != 0 ? rest + smallName : "");
    }
}
