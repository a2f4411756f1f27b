package dev.slipway.kernel.store;

import java.time.Duration;
import java.util.OptionalLong;

/// The lease of a process that shares its store with nobody: always held, in the first epoch.
record Alone() implements Lease {
    private static final OptionalLong FIRST = OptionalLong.of(0);

    @Override
    public OptionalLong epoch() {
        return FIRST;
    }

    @Override
    public OptionalLong await(OptionalLong known, Duration patience) throws InterruptedException {
        if (known.equals(FIRST)) {
            Thread.sleep(patience);
        }
        return FIRST;
    }

    @Override
    public void close() {}
}
