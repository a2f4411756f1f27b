package dev.slipway.simulation;

import dev.slipway.kernel.store.Broken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says who is next, by chance; also within a step, so that what others do falls between a read and a write.
final class Scheduler {
    /// How many steps may be under way, one inside the other.
    static final int DEPTH = 4;

    private final List<Actor> actors = new ArrayList<>();
    private final Map<Actor, Integer> under = new HashMap<>();

    /// The processes whose writer is within the medium.
    private final List<Host> writers = new ArrayList<>();

    private final Chance chance;
    private final Trace trace;
    private int rarity = Integer.MAX_VALUE;
    private int depth;
    private long steps;

    Scheduler(Chance chance, Trace trace) {
        this.chance = chance;
        this.trace = trace;
    }

    void add(Actor actor) {
        actors.add(actor);
    }

    /// At one in so many moments somebody else is first.
    void interleave(int rarity) {
        this.rarity = rarity;
    }

    long steps() {
        return steps;
    }

    /// Whoever is next does one thing; false when nobody has anything to do.
    boolean step() {
        var next = pick();
        next.ifPresent(this::run);
        return next.isPresent();
    }

    /// A moment at which others may be first.
    void moment() {
        if (depth < DEPTH && rarity < Integer.MAX_VALUE && chance.oneIn(rarity)) {
            pick().ifPresent(this::run);
        }
    }

    /// A moment within the medium: until it is over nobody else writes through the same process.
    void moment(Host writer) {
        writers.add(writer);
        try {
            moment();
        } finally {
            writers.removeLast();
        }
    }

    private Optional<Actor> pick() {
        var able =
                actors.stream()
                        .filter(actor -> under.getOrDefault(actor, 0) < actor.breadth())
                        .filter(actor -> actor.weight() > 0)
                        .filter(actor -> actor.writesThrough().filter(writers::contains).isEmpty())
                        .toList();
        if (able.isEmpty()) {
            return Optional.empty();
        }
        var at = chance.below(able.stream().mapToInt(Actor::weight).sum());
        for (var actor : able) {
            at -= actor.weight();
            if (at < 0) {
                return Optional.of(actor);
            }
        }
        throw new IllegalStateException("the weights changed while they were counted");
    }

    private void run(Actor actor) {
        steps++;
        depth++;
        under.merge(actor, 1, Integer::sum);
        try {
            note(actor, actor.step());
        } catch (Crashed _) {
            note(actor, "died");
        } catch (RuntimeException e) {
            var broken = new Broken(actor.name() + " failed: " + e);
            broken.initCause(e);
            throw broken;
        } finally {
            under.merge(actor, -1, Integer::sum);
            depth--;
        }
    }

    private void note(Actor actor, String what) {
        trace.line("%d %s%s: %s".formatted(steps, ".".repeat(depth - 1), actor.name(), what));
    }
}
