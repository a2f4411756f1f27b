package dev.slipway.kernel.store;

import java.time.Duration;
import java.util.Optional;

/// A reader of the log from a revision on: each event of its scope exactly once, in order.
///
/// Used by one thread at a time. Closing wakes a waiting reader, which then gets nothing.
public interface Watch extends AutoCloseable {
    /// The next event, waiting for one as long as `patience`; empty when none came or the watch was closed.
    ///
    /// Throws a [dev.slipway.kernel.model.ProblemException] of reason `EXPIRED` when the log no longer reaches back.
    Optional<Event> next(Duration patience) throws InterruptedException;

    /// The next event if there is one now.
    Optional<Event> poll();

    /// Everything up to this revision was delivered or is outside the scope: what a bookmark says.
    long revision();

    @Override
    void close();
}
