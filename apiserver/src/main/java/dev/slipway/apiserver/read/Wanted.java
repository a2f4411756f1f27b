package dev.slipway.apiserver.read;

/// Which state a reader wants to see.
sealed interface Wanted {
    /// The newest that any process has acknowledged.
    record Newest() implements Wanted {}

    /// Whatever is at hand, once it is no older than a revision; 0 for no matter how old.
    record NotOlderThan(long revision) implements Wanted {}

    /// That of one revision.
    record Exactly(long revision) implements Wanted {}
}
