package dev.slipway.app;

import java.io.PrintStream;
import java.util.function.LongConsumer;

/// Tells now and then up to which revision a long job has come. For one job and one thread.
final class Progress implements LongConsumer {
    private static final long EVERY = 50_000;

    private final PrintStream err;
    private final String done;
    private long told;

    /// @param done what was done up to there: `copied`
    Progress(PrintStream err, String done) {
        this.err = err;
        this.done = done;
    }

    @Override
    public void accept(long number) {
        if (number - told >= EVERY) {
            told = number;
            err.println("slipway: %s up to revision %d".formatted(done, number));
        }
    }
}
