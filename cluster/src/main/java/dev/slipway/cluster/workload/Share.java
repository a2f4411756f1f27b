package dev.slipway.cluster.workload;

import org.jspecify.annotations.Nullable;

/// A number of pods, given as such or as a percentage of all.
final class Share {
    private static final int ALL = 100;

    private Share() {}

    /// The number that a value stands for.
    ///
    /// @param up whether what is not whole is rounded up
    static long of(@Nullable Object value, long total, boolean up, long otherwise) {
        return switch (value) {
            case Long number -> number;
            case String text when text.matches("[0-9]{1,9}%") -> {
                var parts = Long.parseLong(text.substring(0, text.length() - 1)) * total;
                yield up ? Math.ceilDiv(parts, ALL) : parts / ALL;
            }
            case null, default -> otherwise;
        };
    }
}
