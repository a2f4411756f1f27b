package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;

/// A revision that may go, because retention has nothing against it.
///
/// @param successor the number of the same key's next revision, which then takes over its link; 0 for a tombstone that
///     is the newest of its key and the last that is left of it
record Removal(ResourceKey key, long number, long successor) {
    /// The oldest revision at which nothing is missing for want of this one.
    long complete() {
        return Math.max(number, successor);
    }
}
