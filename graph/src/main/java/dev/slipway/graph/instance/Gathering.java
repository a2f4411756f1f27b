package dev.slipway.graph.instance;

import dev.slipway.control.Next;
import dev.slipway.control.Waking;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The pauses of instances whose selectors find many resources, each as long as the last pass was dear: the changes of
/// a while are looked at together, so that nobody's selector slows others.
///
/// After their pauses they take turns, one after the other and with rests in between: together they take no more than
/// half a processor, however many they are. A change of the instance itself ends its pause. Safe to use from any
/// thread.
final class Gathering {
    /// From how many resources on an instance pauses.
    static final int MANY = 100;

    /// How many times as long as its last pass an instance pauses.
    static final int TIMES = 10;

    /// From its turn to the next one's: so many times as long as its last pass, and at most a tenth of the longest pause.
    static final int SPREAD = 2;

    /// @param spent how long the last pass took
    /// @param isTurn whether its end is its turn
    private record Pause(
            String revision, Instant from, Instant until, Duration spent, boolean isTurn) {
        boolean concerns(StoredObject instance, Instant now) {
            return revision.equals(String.valueOf(instance.revision())) && !now.isBefore(from);
        }

        Pause untilTurn(Instant at) {
            return new Pause(revision, from, at, spent, true);
        }
    }

    private final Duration longest;
    private final Map<ResourceKey, Pause> pauses = new ConcurrentHashMap<>();
    private final Map<ResourceKey, Waking> held = new ConcurrentHashMap<>();
    private Instant asked = Instant.MIN;
    private Instant free = Instant.MIN;

    Gathering(Duration longest) {
        this.longest = longest;
    }

    /// When to look at an instance again that pauses; its waking is kept until then.
    Optional<Next> pause(StoredObject instance, Waking waking, Instant now) {
        var pause = pauses.get(instance.key());
        if (pause == null || !pause.concerns(instance, now)) {
            return Optional.empty();
        }
        var until = now.isBefore(pause.until()) ? pause.until() : turn(instance.key(), pause, now);
        if (!now.isBefore(until)) {
            return Optional.empty();
        }
        held.merge(instance.key(), waking, Gathering::both);
        return Optional.of(new Next.Again(Duration.between(now, until)));
    }

    /// When an instance whose pause is over has its turn.
    private Instant turn(ResourceKey instance, Pause pause, Instant now) {
        if (pause.isTurn()) {
            return pause.until();
        }
        var at = take(pause.spent(), now);
        pauses.put(instance, pause.untilTurn(at));
        return at;
    }

    /// The next moment that nobody has; where the clock was set back, all turns are forgotten.
    private synchronized Instant take(Duration spent, Instant now) {
        var at = now.isBefore(asked) || free.isBefore(now) ? now : free;
        asked = now;
        free = at.plus(shorter(spent.multipliedBy(SPREAD), longest.dividedBy(TIMES)));
        return at;
    }

    /// All that woke an instance since its last pass.
    Waking gathered(ResourceKey instance, Waking waking) {
        var before = held.remove(instance);
        return before == null ? waking : both(before, waking);
    }

    /// After a pass.
    ///
    /// @param revision of the instance as it left it
    /// @param found how many resources its selectors found
    void after(ResourceKey instance, String revision, int found, Instant began, Instant ended) {
        if (found < MANY) {
            pauses.remove(instance);
            return;
        }
        var spent = Duration.between(began, ended);
        var length = shorter(spent.multipliedBy(TIMES), longest);
        pauses.put(instance, new Pause(revision, ended, ended.plus(length), spent, false));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    void forget(ResourceKey instance) {
        pauses.remove(instance);
        held.remove(instance);
    }

    private static Waking both(Waking before, Waking now) {
        return new Waking(
                Stream.concat(before.causes().stream(), now.causes().stream())
                        .distinct()
                        .sorted(Comparator.reverseOrder())
                        .limit(Attribution.MAX_CAUSES)
                        .toList(),
                now.attempt());
    }
}
