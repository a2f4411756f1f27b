package dev.slipway.bench.lab;

import java.io.PrintStream;

/// Tells on standard error what is going on, often enough that nobody wonders. Thread-safe.
public final class Progress {
    private static final long BETWEEN_NANOS = 2_000_000_000L;

    private final PrintStream err;
    private long told = System.nanoTime();

    public Progress(PrintStream err) {
        this.err = err;
    }

    public synchronized void say(String what) {
        err.println("bench: " + what);
        told = System.nanoTime();
    }

    /// Says how far something is, at most every two seconds.
    public synchronized void count(String what, long done, long all) {
        if (System.nanoTime() - told > BETWEEN_NANOS) {
            say("  %s: %,d of %,d".formatted(what, done, all));
        }
    }
}
