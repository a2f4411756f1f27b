package dev.slipway.kernel.store;

/// Revisions that compaction has taken and that lay together.
///
/// @param digest of the last of them, which the next entry follows
record Hole(long first, long last, byte[] digest) {}
