package dev.slipway.control;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Event;
import dev.slipway.kernel.store.State;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The lines of all controllers: which keys wait, whose turn it is, and what becomes of a turn.
///
/// Holds no thread and reads no clock, so that a simulation drives it as the runtime does. [#poll] is for one thread;
/// all else is safe to use from any.
final class Lanes {
    private static final Logger LOG = System.getLogger(ControllerRuntime.class.getName());

    /// A controller with its line.
    private static final class Lane {
        private final Controller controller;
        private final WorkQueue queue;

        /// Whether an event could not be read, so that nobody knows whom it concerned.
        private volatile boolean lost;

        /// The keys that are at rest until somebody wakes them; empty where all were put in line.
        private Set<ResourceKey> resting = Set.of();

        Lane(Controller controller, WorkQueue queue) {
            this.controller = controller;
            this.queue = queue;
        }

        void addAll(State state) {
            controller.all(state).forEach(key -> queue.add(key, 0));
            lost = false;
        }
    }

    /// Lets every controller see a state, and puts no key in line.
    void rest(State state) {
        lanes.forEach(lane -> lane.resting = new HashSet<>(lane.controller.all(state)));
    }

    /// Puts those of these keys in line that were at rest.
    void wake(Collection<ResourceKey> keys) {
        for (var lane : lanes) {
            keys.stream().filter(lane.resting::contains).forEach(key -> lane.queue.add(key, 0));
        }
    }

    /// A turn for one key of one controller; [#run] and [#done] must follow.
    record Turn(String controller, Lane lane, WorkQueue.Turn key) {
        /// Looks at the key; what the controller throws is its failure, and nobody else's.
        Next run() {
            return reconcile(lane.controller, key);
        }

        /// Ends the turn with what came of it.
        void done(Next next, Instant now) {
            lane.queue.done(key, next, now);
        }
    }

    private final List<Lane> lanes;
    private int first;

    Lanes(List<Controller> controllers, RandomGenerator random) {
        this.lanes =
                controllers.stream()
                        .map(controller -> new Lane(controller, new WorkQueue(random)))
                        .toList();
    }

    /// Puts every key of a state in line.
    void addAll(State state) {
        lanes.forEach(lane -> lane.addAll(state));
    }

    /// Puts every key in line of those controllers that could not read an event.
    void recover(Supplier<State> state) {
        lanes.stream().filter(lane -> lane.lost).forEach(lane -> lane.addAll(state.get()));
    }

    /// Puts the keys in line that an event concerns; whether there are any.
    boolean spread(Event event) {
        var occurrence = new Occurrence(event);
        var any = false;
        for (var lane : lanes) {
            any |= spread(occurrence, lane);
        }
        return any;
    }

    /// The next turn that is due; the lanes take turns to be asked first, so that a busy one starves no other.
    Optional<Turn> poll(Instant now) {
        for (int i = 0; i < lanes.size(); i++) {
            var lane = lanes.get((first + i) % lanes.size());
            var turn = lane.queue.poll(now);
            if (turn.isPresent()) {
                first = (first + i + 1) % lanes.size();
                return Optional.of(new Turn(lane.controller.name(), lane, turn.get()));
            }
        }
        return Optional.empty();
    }

    /// How long until the earliest delayed key is due; empty when none is delayed.
    Optional<Duration> patience(Instant now) {
        return lanes.stream()
                .flatMap(lane -> lane.queue.due(now).stream())
                .min(Duration::compareTo);
    }

    /// Whether no key waits for a turn or has one; delayed keys do not count.
    boolean idle() {
        return lanes.stream().allMatch(lane -> lane.queue.idle());
    }

    /// How many keys are in line, delayed or being worked on.
    int size() {
        return lanes.stream().mapToInt(lane -> lane.queue.size()).sum();
    }

    private static boolean spread(Occurrence occurrence, Lane lane) {
        try {
            var keys = lane.controller.concerns(occurrence);
            keys.forEach(key -> lane.queue.add(key, occurrence.revision()));
            return !keys.isEmpty();
        } catch (RuntimeException | StackOverflowError e) {
            lane.lost = true;
            LOG.log(
                    Level.ERROR,
                    "%s cannot read %s and looks at everything"
                            .formatted(lane.controller.name(), occurrence.key()),
                    e);
            return true;
        }
    }

    private static Next reconcile(Controller controller, WorkQueue.Turn turn) {
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
}
