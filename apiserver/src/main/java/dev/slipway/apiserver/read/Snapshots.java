package dev.slipway.apiserver.read;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.store.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// The states that lists are read from: the newest, and those whose lists are being paged through. Thread-safe.
final class Snapshots {
    /// How many states are kept for paging; the oldest goes first.
    static final int MAX_KEPT = 64;

    /// How long a state is kept for paging.
    static final Duration KEPT = Duration.ofMinutes(5);

    /// How long a reader waits for a revision that is yet to come.
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration STEP = Duration.ofMillis(20);

    private record Kept(State state, Instant until) {}

    private final Supplier<State> newest;
    private final Clock clock;
    private final Map<Long, Kept> kept = new LinkedHashMap<>();

    Snapshots(Supplier<State> newest, Clock clock) {
        this.newest = newest;
        this.clock = clock;
    }

    State newest() {
        return newest.get();
    }

    /// The newest state once it has reached a revision.
    State notOlderThan(OptionalLong revision) {
        var wanted = revision.orElse(0);
        for (long waited = 0; ; waited += STEP.toMillis()) {
            var state = newest.get();
            if (state.revision() >= wanted) {
                return state;
            }
            if (waited >= PATIENCE.toMillis()) {
                throw tooLarge(wanted, state.revision());
            }
            pause();
        }
    }

    /// The state at exactly a revision, where it is the newest or kept.
    synchronized Optional<State> at(long revision) {
        var state = newest.get();
        if (state.revision() == revision) {
            return Optional.of(state);
        }
        dropOld();
        return Optional.ofNullable(kept.get(revision)).map(Kept::state);
    }

    /// Keeps a state whose list is not complete yet.
    synchronized void keep(State state) {
        dropOld();
        kept.remove(state.revision());
        kept.put(state.revision(), new Kept(state, clock.instant().plus(KEPT)));
        if (kept.size() > MAX_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
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
