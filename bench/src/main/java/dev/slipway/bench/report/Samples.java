package dev.slipway.bench.report;

import java.util.Arrays;
import java.util.List;

/// Times that were measured, all of them, in order of length: percentiles are exact.
public final class Samples {
    private final long[] sorted;

    private Samples(long[] sorted) {
        this.sorted = sorted;
    }

    /// Puts times in order.
    ///
    /// @param nanoseconds in any order; at least one
    public static Samples of(long... nanoseconds) {
        if (nanoseconds.length == 0) {
            throw new IllegalArgumentException("no samples");
        }
        var sorted = nanoseconds.clone();
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    /// All samples of several runs.
    public static Samples merged(List<Samples> runs) {
        return of(runs.stream().flatMapToLong(run -> Arrays.stream(run.sorted)).toArray());
    }

    /// The shortest time that at least this share of all samples does not exceed, in milliseconds.
    ///
    /// @param percent above 0, at most 100
    public double millis(double percent) {
        if (percent <= 0 || percent > 100) {
            throw new IllegalArgumentException("no such percentile: " + percent);
        }
        var rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(rank, 1) - 1] / 1e6;
    }

    public int count() {
        return sorted.length;
    }
}
