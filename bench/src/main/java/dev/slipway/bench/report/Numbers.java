package dev.slipway.bench.report;

import java.util.Locale;

/// Writes numbers with as many digits as are worth reading.
final class Numbers {
    private Numbers() {}

    /// Three digits, more only where the number is that large: `0.0412`, `1.73`, `18.4`, `5,230`.
    static String shown(double value) {
        var size = Math.abs(value);
        var pattern = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
