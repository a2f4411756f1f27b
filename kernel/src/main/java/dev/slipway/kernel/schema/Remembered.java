package dev.slipway.kernel.schema;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/// What was worked out once for each of some long-lived things, which are told apart by being the same object.
/// Thread-safe.
final class Remembered<K, V> {
    /// How many things are remembered; one more forgets them all.
    static final int MAX_KEYS = 1000;

    private final Function<K, V> derivation;
    private final Map<K, V> known = Collections.synchronizedMap(new IdentityHashMap<>());

    Remembered(Function<K, V> derivation) {
        this.derivation = derivation;
    }

    V of(K key) {
        var value = known.get(key);
        return value == null ? remember(key) : value;
    }

    /// Works it out without holding anybody up; two at once may both do so.
    private V remember(K key) {
        var value = derivation.apply(key);
        if (known.size() >= MAX_KEYS) {
            known.clear();
        }
        known.put(key, value);
        return value;
    }
}
