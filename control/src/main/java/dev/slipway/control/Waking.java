package dev.slipway.control;

import java.util.List;

/// Why a key is being reconciled.
///
/// @param causes the newest revisions that woke it, at most 16; empty for a start, a retry or a resync
/// @param attempt how many times in a row it failed before
public record Waking(List<Long> causes, int attempt) {
    public Waking {
        causes = List.copyOf(causes);
    }
}
