package dev.slipway.graph.instance;

import dev.slipway.kernel.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Slows instances down that are worked on without end: two that each write what wakes the other would fill the log.
///
/// An instance has [#FREE] passes at once, and one more for each [#PERIOD]: more than any change needs. Safe to use from
/// any thread.
final class Brake {
    /// How many passes an instance may take without a pause.
    static final int FREE = 1_000;

    /// How long it takes until one more is free.
    static final Duration PERIOD = Duration.ofMillis(500);

    /// @param spent how many of the free passes are used up
    private record Level(long spent, Instant since) {
        static final Level NONE = new Level(0, Instant.EPOCH);

        Level at(Instant now) {
            var periods = Math.max(0, Duration.between(since, now).dividedBy(PERIOD));
            return spent <= periods
                    ? new Level(0, now)
                    : new Level(spent - periods, since.plus(PERIOD.multipliedBy(periods)));
        }
    }

    private final Map<ResourceKey, Level> levels = new ConcurrentHashMap<>();

    /// How long an instance has to wait for its next pass; empty where it may take it, which counts from then on.
    Optional<Duration> hold(ResourceKey instance, Instant now) {
        var level = levels.getOrDefault(instance, Level.NONE).at(now);
        if (level.spent() >= FREE) {
            levels.put(instance, level);
            return Optional.of(PERIOD);
        }
        levels.put(instance, new Level(level.spent() + 1, level.since()));
        return Optional.empty();
    }

    void forget(ResourceKey instance) {
        levels.remove(instance);
    }
}
