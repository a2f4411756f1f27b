package dev.slipway.kernel.store;

import java.time.Duration;
import java.util.OptionalLong;

/// The right to act for all processes that share a store; one of them holds it at a time. Safe for any thread.
public interface Lease extends AutoCloseable {
    /// The lease of a process that shares its store with nobody.
    static Lease alone() {
        return new Alone();
    }

    /// The epoch in which this process holds it, which its commits are made under; empty while another one holds it.
    OptionalLong epoch();

    /// What [#epoch()] tells, as soon as that differs from `known` or the patience ends.
    OptionalLong await(OptionalLong known, Duration patience) throws InterruptedException;

    /// Lets it go, so that another process need not wait for it to expire.
    @Override
    void close();
}
