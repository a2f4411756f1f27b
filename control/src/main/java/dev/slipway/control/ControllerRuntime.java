package dev.slipway.control;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Event;
import dev.slipway.kernel.store.Scope;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.Watch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Runs controllers: one reader of the log puts keys in line, virtual threads take turns, a bounded number at once.
///
/// A controller that throws hurts its key, not its neighbours. Start and close it once.
public final class ControllerRuntime implements AutoCloseable {
    /// How many keys are worked on at once, over all controllers.
    public static final int CONCURRENCY = 16;

    private static final Logger LOG = System.getLogger(ControllerRuntime.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Store store;
    private final Clock clock;
    private final Lanes lanes;
    private final Semaphore permits = new Semaphore(CONCURRENCY);
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean closed;
    private volatile long reached;
    private @Nullable Watch watch;
    private @Nullable Thread reader;
    private @Nullable Thread driver;

    public ControllerRuntime(
            Store store, List<Controller> controllers, Clock clock, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.lanes = new Lanes(controllers, random);
    }

    /// Puts every key in line and begins; returns at once.
    public void start() {
        begin();
        reader = Thread.ofVirtual().name("slipway-controllers-reader").start(this::read);
        driver = Thread.ofVirtual().name("slipway-controllers-driver").start(this::drive);
    }

    /// The revision up to which events have been put in line.
    public long reached() {
        return reached;
    }

    /// Whether everything that was committed has been looked at and nothing waits for a turn; delayed keys do not count.
    public boolean settled() {
        return reached >= store.state().revision() && idle();
    }

    /// How many keys are in line, delayed or being worked on.
    public int backlog() {
        return lanes.size();
    }

    /// Ends the turns that run and begins no other.
    @Override
    public void close() {
        closed = true;
        if (watch != null) {
            watch.close();
        }
        ring();
        join(reader);
        join(driver);
        permits.acquireUninterruptibly(CONCURRENCY);
    }

    /// Puts every key in line, without a thread; what [#read(Duration)] and [#turn()] then do is for the caller to ask.
    void begin() {
        var state = store.state();
        reached = state.revision();
        watch = store.watch(new Scope.Everything(), state.revision());
        lanes.addAll(state);
    }

    /// Begins like [#begin()] with every key at rest.
    void rest() {
        var state = store.state();
        reached = state.revision();
        watch = store.watch(new Scope.Everything(), state.revision());
        lanes.rest(state);
    }

    /// Puts those of these keys in line that some controller knows.
    void wake(Collection<ResourceKey> keys) {
        lanes.wake(keys);
    }

    /// Takes at most one event of the log, waiting so long for it; false when the log cannot be read now.
    boolean read(Duration patience) throws InterruptedException {
        try {
            lanes.recover(store::state);
            watch().next(patience).ifPresent(this::spread);
            reached = Math.max(reached, watch().revision());
            return true;
        } catch (RuntimeException e) {
            return closed || recovered(e);
        }
    }

    /// The next turn that is due now.
    Optional<Lanes.Turn> turn() {
        return closed ? Optional.empty() : lanes.poll(clock.instant());
    }

    /// Runs a turn to its end.
    void take(Lanes.Turn turn) {
        turn.done(turn.run(), clock.instant());
    }

    /// Whether no key waits for a turn or has one.
    boolean idle() {
        return lanes.idle();
    }

    /// How long until a delayed key is due; empty when none is delayed.
    Optional<Duration> patience() {
        return lanes.patience(clock.instant());
    }

    private void read() {
        try {
            while (!closed) {
                if (!read(PATIENCE)) {
                    Thread.sleep(PATIENCE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A log that cannot be read now is read on later; one that no longer reaches back is left for the state.
    private boolean recovered(RuntimeException failure) {
        if (!(failure instanceof ProblemException e)
                || e.problem().reason() != Problem.Reason.EXPIRED) {
            LOG.log(Level.ERROR, "the log cannot be read; controllers try again", failure);
            return false;
        }
        try {
            startOver(e.problem());
            return true;
        } catch (RuntimeException again) {
            LOG.log(Level.ERROR, "controllers cannot start over yet; they try again", again);
            return false;
        }
    }

    /// The log no longer reaches back to where we are: look at everything again.
    private void startOver(Problem problem) {
        LOG.log(Level.WARNING, "controllers start over: {0}", problem.message());
        var state = store.state();
        var next = store.watch(new Scope.Everything(), state.revision());
        watch().close();
        watch = next;
        lanes.addAll(state);
        reached = state.revision();
        ring();
    }

    /// Rings only for whom there is something to do: most events concern nobody.
    private void spread(Event event) {
        var any = lanes.spread(event);
        reached = Math.max(reached, event.revision());
        if (any) {
            ring();
        }
    }

    private void drive() {
        try {
            while (!closed) {
                if (!startOne()) {
                    await();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Gives one key a turn.
    private boolean startOne() throws InterruptedException {
        permits.acquire();
        var turn = turn();
        if (turn.isEmpty()) {
            permits.release();
            return false;
        }
        Thread.ofVirtual().name(turn.get().controller()).start(() -> run(turn.get()));
        return true;
    }

    private void run(Lanes.Turn turn) {
        try {
            take(turn);
        } finally {
            permits.release();
            ring();
        }
    }

    /// Waits until something is put in line, a turn ends or a delayed key is due.
    private void await() throws InterruptedException {
        var patience = patience().filter(left -> left.compareTo(PATIENCE) < 0).orElse(PATIENCE);
        if (bell.tryAcquire(patience.toMillis() + 1, TimeUnit.MILLISECONDS)) {
            bell.drainPermits();
        }
    }

    private void ring() {
        bell.release();
    }

    private Watch watch() {
        if (watch == null) {
            throw new IllegalStateException("the controllers were not started");
        }
        return watch;
    }

    private static void join(@Nullable Thread thread) {
        try {
            if (thread != null) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
