package dev.slipway.control;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.store.Event;
import dev.slipway.kernel.store.Scope;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.Watch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
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

    /// A controller with its line.
    private record Lane(Controller controller, WorkQueue queue) {}

    private final Store store;
    private final Clock clock;
    private final List<Lane> lanes;
    private final Semaphore permits = new Semaphore(CONCURRENCY);
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean closed;
    private volatile long reached;
    private int first;
    private @Nullable Watch watch;
    private @Nullable Thread reader;
    private @Nullable Thread driver;

    public ControllerRuntime(
            Store store, List<Controller> controllers, Clock clock, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.lanes =
                controllers.stream()
                        .map(controller -> new Lane(controller, new WorkQueue(random)))
                        .toList();
    }

    /// Puts every key in line and begins; returns at once.
    public void start() {
        var state = store.state();
        reached = state.revision();
        watch = store.watch(new Scope.Everything(), state.revision());
        for (var lane : lanes) {
            lane.controller().all(state).forEach(key -> lane.queue().add(key, 0));
        }
        reader = Thread.ofVirtual().name("slipway-controllers-reader").start(this::read);
        driver = Thread.ofVirtual().name("slipway-controllers-driver").start(this::drive);
    }

    /// The revision up to which events have been put in line.
    public long reached() {
        return reached;
    }

    /// Whether everything that was committed has been looked at and nothing waits for a turn; delayed keys do not count.
    public boolean settled() {
        return reached >= store.state().revision()
                && lanes.stream().allMatch(lane -> lane.queue().idle());
    }

    /// How many keys are in line, delayed or being worked on.
    public int backlog() {
        return lanes.stream().mapToInt(lane -> lane.queue().size()).sum();
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

    private void read() {
        while (!closed) {
            try {
                watch().next(PATIENCE).ifPresent(this::spread);
                reached = Math.max(reached, watch().revision());
            } catch (InterruptedException e) {
                return;
            } catch (ProblemException e) {
                reread(e.problem());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "the log cannot be read; controllers try again", e);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The log no longer reaches back to where we are: look at everything again.
    private void reread(Problem problem) {
        LOG.log(Level.WARNING, "controllers start over: {0}", problem.message());
        watch().close();
        var state = store.state();
        watch = store.watch(new Scope.Everything(), state.revision());
        for (var lane : lanes) {
            lane.controller().all(state).forEach(key -> lane.queue().add(key, 0));
        }
        reached = state.revision();
        ring();
    }

    private void spread(Event event) {
        var occurrence = new Occurrence(event);
        for (var lane : lanes) {
            spread(occurrence, lane);
        }
        reached = Math.max(reached, event.revision());
        ring();
    }

    private void spread(Occurrence occurrence, Lane lane) {
        try {
            lane.controller()
                    .concerns(occurrence)
                    .forEach(key -> lane.queue().add(key, occurrence.revision()));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(
                    Level.ERROR,
                    "%s cannot read %s".formatted(lane.controller().name(), occurrence.key()),
                    e);
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

    /// Gives one key a turn; the lanes take turns to be asked first, so that a busy one starves no other.
    private boolean startOne() throws InterruptedException {
        for (int i = 0; i < lanes.size(); i++) {
            var lane = lanes.get((first + i) % lanes.size());
            permits.acquire();
            var turn =
                    closed ? Optional.<WorkQueue.Turn>empty() : lane.queue().poll(clock.instant());
            if (turn.isPresent()) {
                first = (first + i + 1) % lanes.size();
                Thread.ofVirtual()
                        .name(lane.controller().name())
                        .start(() -> take(lane, turn.get()));
                return true;
            }
            permits.release();
        }
        return false;
    }

    private void take(Lane lane, WorkQueue.Turn turn) {
        try {
            lane.queue().done(turn, reconcile(lane.controller(), turn), clock.instant());
        } finally {
            permits.release();
            ring();
        }
    }

    private Next reconcile(Controller controller, WorkQueue.Turn turn) {
        try {
            return controller.reconcile(turn.key(), turn.waking());
        } catch (ProblemException e) {
            return failed(
                    controller, turn, e, e.problem().reason().fault() == Problem.Fault.CONFLICT);
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            return failed(controller, turn, e, false);
        }
    }

    private static Next failed(
            Controller controller, WorkQueue.Turn turn, Throwable e, boolean expected) {
        var level = expected ? Level.DEBUG : Level.WARNING;
        LOG.log(level, "%s failed on %s".formatted(controller.name(), turn.key()), e);
        return new Next.Retry(String.valueOf(e.getMessage()));
    }

    /// Waits until something is put in line, a turn ends or a delayed key is due.
    private void await() throws InterruptedException {
        if (bell.tryAcquire(patience().toMillis() + 1, TimeUnit.MILLISECONDS)) {
            bell.drainPermits();
        }
    }

    private Duration patience() {
        var now = clock.instant();
        return lanes.stream()
                .flatMap(lane -> lane.queue().due().stream())
                .map(due -> Duration.between(now, due))
                .filter(left -> left.compareTo(PATIENCE) < 0)
                .min(Duration::compareTo)
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .orElse(PATIENCE);
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
