package dev.slipway.expression.library;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text form of spans of time that Kubernetes uses: `1h30m0s`, `-1.5s`, `250ms`.
public final class Durations {
    private static final Pattern WHOLE =
            Pattern.compile(
                    "[+-]?(0|(\\d+\\.?\\d*|\\.\\d+)(h|ms|m|s|us|µs|μs|ns)"
                            + "((\\d+\\.?\\d*|\\.\\d+)(h|ms|m|s|us|µs|μs|ns))*)");
    private static final Pattern PART =
            Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(h|ms|m|s|us|µs|μs|ns)");
    private static final Map<String, Long> NANOSECONDS =
            Map.of(
                    "h", 3_600_000_000_000L,
                    "m", 60_000_000_000L,
                    "s", 1_000_000_000L,
                    "ms", 1_000_000L,
                    "us", 1_000L,
                    "µs", 1_000L,
                    "μs", 1_000L,
                    "ns", 1L);

    private Durations() {}

    /// Reads the text form; throws IllegalArgumentException when it is none, or out of range.
    public static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("no duration: " + text);
        }
        BigDecimal sum = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            sum =
                    sum.add(
                            new BigDecimal(part.group(1))
                                    .multiply(
                                            BigDecimal.valueOf(
                                                    NANOSECONDS.getOrDefault(part.group(2), 0L))));
        }
        if (sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("duration out of range: " + text);
        }
        return Duration.ofNanos(text.startsWith("-") ? -sum.longValue() : sum.longValue());
    }

    /// The text form, hours first; below one second in the largest unit that gives a whole part.
    public static String text(Duration duration) {
        String sign = duration.isNegative() ? "-" : "";
        Duration absolute = duration.abs();
        if (absolute.compareTo(Duration.ofSeconds(1)) < 0) {
            return sign + small(absolute.toNanos());
        }
        BigDecimal seconds =
                BigDecimal.valueOf(absolute.toSecondsPart())
                        .add(BigDecimal.valueOf(absolute.toNanosPart(), 9));
        StringBuilder text = new StringBuilder(sign);
        if (absolute.toHours() > 0) {
            text.append(absolute.toHours()).append('h');
        }
        if (absolute.toMinutes() > 0) {
            text.append(absolute.toMinutesPart()).append('m');
        }
        return text.append(plain(seconds)).append('s').toString();
    }

    private static String small(long nanoseconds) {
        if (nanoseconds == 0) {
            return "0s";
        }
        if (nanoseconds < 1_000) {
            return nanoseconds + "ns";
        }
        return nanoseconds < 1_000_000
                ? plain(BigDecimal.valueOf(nanoseconds, 3)) + "µs"
                : plain(BigDecimal.valueOf(nanoseconds, 6)) + "ms";
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
