package dev.slipway.graph.instance;

import dev.slipway.kernel.model.ResourceKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The statuses that were written on each instance and whose events are not seen yet: what is not among them is of
/// somebody else. Safe to use from any thread.
final class Said {
    /// How many are kept of one instance; the oldest give way.
    private static final int MAX = 16;

    private final Map<ResourceKey, Deque<Map<String, Object>>> unheard = new ConcurrentHashMap<>();

    /// Before it is written.
    void add(ResourceKey instance, Map<String, Object> status) {
        unheard.compute(
                instance,
                (_, known) -> {
                    var all =
                            known == null
                                    ? new ArrayDeque<Map<String, Object>>()
                                    : new ArrayDeque<>(known);
                    all.add(status);
                    if (all.size() > MAX) {
                        all.removeFirst();
                    }
                    return all;
                });
    }

    /// Whether a status that is seen was written by us; it and those before it are forgotten.
    boolean heard(ResourceKey instance, Map<String, Object> status) {
        var known = unheard.get(instance);
        if (known == null || !known.contains(status)) {
            return false;
        }
        unheard.computeIfPresent(
                instance,
                (_, all) -> {
                    var rest = new ArrayDeque<>(all);
                    while (!rest.isEmpty() && !rest.removeFirst().equals(status)) {
                        // Its event was left out, or is that of a later one which says the same.
                    }
                    return rest.isEmpty() ? null : rest;
                });
        return true;
    }

    void forget(ResourceKey instance) {
        unheard.remove(instance);
    }
}
