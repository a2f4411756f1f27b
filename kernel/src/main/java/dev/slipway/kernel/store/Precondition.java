package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;

/// What a commit relies on: the newest revision of a key, 0 for a key that must be absent, or any revision at all.
public record Precondition(ResourceKey key, long revision) {
    /// The key must not exist.
    public static final long ABSENT = 0;

    /// The key must exist, at whatever revision.
    public static final long PRESENT = -1;

    /// No revision at all.
    private static final long NONE = -2;

    public static Precondition absent(ResourceKey key) {
        return new Precondition(key, ABSENT);
    }

    public static Precondition present(ResourceKey key) {
        return new Precondition(key, PRESENT);
    }

    /// What never holds: what was relied on is known to have changed.
    public static Precondition never(ResourceKey key) {
        return new Precondition(key, NONE);
    }

    /// Whether it holds for a key whose newest revision is `actual`, 0 where it is absent.
    public boolean holds(long actual) {
        return revision == PRESENT ? actual != ABSENT : revision == actual;
    }
}
