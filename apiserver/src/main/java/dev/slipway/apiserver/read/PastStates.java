package dev.slipway.apiserver.read;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.store.State;
import java.lang.ref.SoftReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Keeps the few states of the past that lists are being paged through, so that each is folded once. Thread-safe.
public final class PastStates {
    /// How many states are kept; the one that was not asked for the longest goes first.
    static final int MAX_KEPT = 8;

    /// How long a state is kept after it was asked for.
    static final Duration KEPT = Duration.ofMinutes(1);

    /// Where states come from when they are not kept.
    public interface Source {
        /// The resources of one kind at a revision.
        State past(KindKey kind, long number);
    }

    private record Asked(KindKey kind, long number) {}

    /// Let go when memory gets short: it can be read from the log again.
    private record Kept(SoftReference<State> state, Instant until) {}

    private final Source source;
    private final Clock clock;
    private final Map<Asked, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    public PastStates(Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /// The resources of one kind at a revision.
    public State at(KindKey kind, long number) {
        var asked = new Asked(kind, number);
        var state = kept(asked).orElseGet(() -> source.past(kind, number));
        keep(asked, state);
        return state;
    }

    private synchronized Optional<State> kept(Asked asked) {
        var now = clock.instant();
        kept.values().removeIf(one -> !now.isBefore(one.until()));
        return Optional.ofNullable(kept.get(asked)).map(one -> one.state().get());
    }

    private synchronized void keep(Asked asked, State state) {
        kept.put(asked, new Kept(new SoftReference<>(state), clock.instant().plus(KEPT)));
        if (kept.size() > MAX_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
    }
}
