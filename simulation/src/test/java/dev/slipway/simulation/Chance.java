package dev.slipway.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Everything that is left to chance, from one seed.
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    /// From 0 to one less than the bound.
    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T of(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    @SafeVarargs
    final <T> T of(T... some) {
        return some[random.nextInt(some.length)];
    }

    /// Chance of its own for somebody, so that one who asks more changes nothing for the others.
    RandomGenerator generator() {
        return random.split();
    }

    Chance split() {
        return new Chance(random.split());
    }
}
