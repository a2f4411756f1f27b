package dev.slipway.kernel.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What came of a restore.
///
/// @param revision the newest one that was restored
/// @param time as of which the store is now
/// @param next the number that the next revision gets
/// @param lost the resources that could not come back, because their keys were destroyed
/// @param incomplete the kinds of which compaction has not left everything as it was then
/// @param kept where the database is now that was there before
/// @param hints what the caller should know of the keys
public record Restored(
        long revision,
        Instant time,
        long next,
        List<String> lost,
        List<String> incomplete,
        Optional<Path> kept,
        List<String> hints) {
    public Restored {
        lost = List.copyOf(lost);
        incomplete = List.copyOf(incomplete);
        hints = List.copyOf(hints);
    }
}
