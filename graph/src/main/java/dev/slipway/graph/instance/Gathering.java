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
/// A change of the instance itself ends its pause. Safe to use from any thread.
final class Gathering {
    /// From how many resources on an instance pauses.
    static final int MANY = 100;

    /// How many times as long as its last pass an instance pauses.
    static final int TIMES = 10;

    private record Pause(String revision, Instant from, Instant until) {
        boolean holds(StoredObject instance, Instant now) {
            return revision.equals(String.valueOf(instance.revision()))
                    && !now.isBefore(from)
                    && now.isBefore(until);
        }
    }

    private final Duration longest;
    private final Map<ResourceKey, Pause> pauses = new ConcurrentHashMap<>();
    private final Map<ResourceKey, Waking> held = new ConcurrentHashMap<>();

    Gathering(Duration longest) {
        this.longest = longest;
    }

    /// When to look at an instance again that pauses; its waking is kept until then.
    Optional<Next> pause(StoredObject instance, Waking waking, Instant now) {
        var pause = pauses.get(instance.key());
        if (pause == null || !pause.holds(instance, now)) {
            return Optional.empty();
        }
        held.merge(instance.key(), waking, Gathering::both);
        return Optional.of(new Next.Again(Duration.between(now, pause.until())));
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
        var spent = Duration.between(began, ended).multipliedBy(TIMES);
        var length = spent.compareTo(longest) > 0 ? longest : spent;
        pauses.put(instance, new Pause(revision, ended, ended.plus(length)));
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
