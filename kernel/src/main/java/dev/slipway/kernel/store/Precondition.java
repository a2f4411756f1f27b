package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;

/// What a commit relies on: the newest revision of a key, or 0 for a key that must be absent.
public record Precondition(ResourceKey key, long revision) {
    /// The key must not exist.
    public static final long ABSENT = 0;

    public static Precondition absent(ResourceKey key) {
        return new Precondition(key, ABSENT);
    }
}
