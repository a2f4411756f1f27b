package dev.slipway.kernel.store;

/// A body of the log that takes fewer bytes otherwise.
///
/// @param before as it lay in the log when it was looked at
record Repacking(long number, byte[] before, byte[] after) {}
