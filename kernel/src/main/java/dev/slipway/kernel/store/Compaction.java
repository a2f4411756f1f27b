package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// A thread that takes a compactor's steps, one after the other with pauses, until it is closed. What fails is logged
/// and tried again.
public final class Compaction implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Compaction.class.getName());

    private final Compactor compactor;
    private final BooleanSupplier turn;
    private final Pace pace;
    private final Thread thread;

    /// How fast it goes.
    ///
    /// @param pause after a step; what is left of the time belongs to the writes
    /// @param rest when all is done
    public record Pace(Duration pause, Duration rest) {
        /// 20 milliseconds, 5 minutes.
        public static Pace defaults() {
            return new Pace(Duration.ofMillis(20), Duration.ofMinutes(5));
        }
    }

    private Compaction(Compactor compactor, BooleanSupplier turn, Pace pace) {
        this.compactor = compactor;
        this.turn = turn;
        this.pace = pace;
        this.thread = Thread.ofPlatform().name("store-compaction").daemon().unstarted(this::run);
    }

    /// Starts the thread.
    ///
    /// @param turn whether this process is the one that compacts now
    public static Compaction start(Compactor compactor, BooleanSupplier turn, Pace pace) {
        var compaction = new Compaction(compactor, turn, pace);
        compaction.thread.start();
        return compaction;
    }

    /// Ends the thread after the step that it is at.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.interrupted()) {
                Thread.sleep(step() ? pace.pause() : pace.rest());
            }
        } catch (InterruptedException _) {
            LOG.log(Level.DEBUG, "compaction ends");
        }
    }

    private boolean step() {
        try {
            return turn.getAsBoolean() && compactor.step();
        } catch (ProblemException e) {
            LOG.log(Level.WARNING, "compaction stopped for a while: " + e.getMessage());
            return false;
        }
    }
}
