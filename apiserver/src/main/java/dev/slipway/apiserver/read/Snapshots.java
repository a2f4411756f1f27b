package dev.slipway.apiserver.read;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.Store;
import java.lang.ref.SoftReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The states that are read from: the newest, and those that lists are being paged through. Thread-safe.
///
/// A state that is kept no longer is read from the log.
final class Snapshots {
    /// How many states are kept for paging; the one that was not asked for the longest goes first.
    static final int MAX_KEPT = 64;

    /// How long a state is kept for paging.
    static final Duration KEPT = Duration.ofMinutes(5);

    /// How long a reader waits for a revision that is yet to come.
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration STEP = Duration.ofMillis(20);

    private record Moment(KindKey kind, long revision) {}

    /// Let go when memory gets short: it can be read from the log again.
    private record Kept(SoftReference<State> state, Instant until) {}

    private final Store store;
    private final Clock clock;
    private final Map<Moment, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    Snapshots(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// The state that is wanted, as far as one kind goes.
    State of(KindKey kind, Wanted wanted) {
        return switch (wanted) {
            case Wanted.Newest _ -> store.fresh();
            case Wanted.NotOlderThan(var revision) -> notOlderThan(revision);
            case Wanted.Exactly(var revision) -> at(kind, revision);
        };
    }

    /// Keeps a state whose list of a kind is not complete yet.
    synchronized void keep(KindKey kind, State state) {
        dropOld();
        kept.put(
                new Moment(kind, state.revision()),
                new Kept(new SoftReference<>(state), clock.instant().plus(KEPT)));
        if (kept.size() > MAX_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    /// The newest state once it has reached a revision.
    private State notOlderThan(long wanted) {
        var state = store.state();
        for (long waited = 0; state.revision() < wanted; waited += STEP.toMillis()) {
            if (waited > 0) {
                pause();
            }
            state = store.fresh();
            if (state.revision() < wanted && waited >= PATIENCE.toMillis()) {
                throw tooLarge(wanted, state.revision());
            }
        }
        return state;
    }

    private State at(KindKey kind, long revision) {
        var state = kept(new Moment(kind, revision));
        if (state.isPresent()) {
            return state.get();
        }
        var newest = notOlderThan(revision);
        return newest.revision() == revision ? newest : store.past(kind, revision);
    }

    private synchronized Optional<State> kept(Moment moment) {
        dropOld();
        return Optional.ofNullable(kept.get(moment)).map(one -> one.state().get());
    }

    private void dropOld() {
        var now = clock.instant();
        kept.values().removeIf(one -> !now.isBefore(one.until()));
    }

    private static void pause() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(Reason.SERVICE_UNAVAILABLE, "the server is stopping").exception();
        }
    }

    private static RuntimeException tooLarge(long wanted, long current) {
        var cause = new FieldCause("ResourceVersionTooLarge", "", "Too large resource version");
        return new Problem(
                        Reason.TIMEOUT,
                        "Timeout: Too large resource version: %d, current: %d"
                                .formatted(wanted, current),
                        Optional.empty(),
                        List.of(cause),
                        Optional.of(1))
                .exception();
    }
}
