package dev.slipway.cluster.simulation;

import dev.slipway.kernel.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// When the steps began that are being played: pace only, which is why it is kept in memory and a restart plays a step
/// anew. Safe to use from any thread.
public final class Tempo {
    /// How many objects are timed at once; a step of one more is over at once.
    static final int MAX_TIMED = 20_000;

    private record Timed(String uid, Map<String, Instant> steps) {}

    private final Map<ResourceKey, Timed> timed = new HashMap<>();

    /// How much of a step is left, which begins when it is first asked about.
    synchronized Duration left(
            ResourceKey key, String uid, String step, Duration pace, Instant now) {
        if (!pace.isPositive() || (timed.size() >= MAX_TIMED && !timed.containsKey(key))) {
            return Duration.ZERO;
        }
        var known = timed.get(key);
        if (known == null || !known.uid().equals(uid)) {
            known = new Timed(uid, new HashMap<>());
            timed.put(key, known);
        }
        var since = known.steps().computeIfAbsent(step, _ -> now);
        var left = Duration.between(now, since.plus(pace));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /// Nothing of this object is timed any more.
    public synchronized void forget(ResourceKey key) {
        timed.remove(key);
    }
}
