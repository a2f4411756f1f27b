package dev.slipway.control;

import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Attribution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// The keys that one controller has to look at: no key twice in line, none worked on twice at once.
///
/// Holds no thread and reads no clock, so that a simulation drives it as the runtime does. Safe to use from any thread.
final class WorkQueue {
    /// The first back-off of a key that failed, doubled at each failure.
    static final Duration FIRST_BACK_OFF = Duration.ofMillis(50);

    /// The longest back-off.
    static final Duration MAX_BACK_OFF = Duration.ofMinutes(2);

    /// One turn for a key.
    record Turn(ResourceKey key, Waking waking) {}

    private record Due(Instant at, long order, ResourceKey key) {}

    /// What is known of one key while it waits or runs.
    private static final class Entry {
        private final TreeSet<Long> causes = new TreeSet<>();
        private boolean ready;
        private boolean running;
        private boolean again;
        private int failures;
        private long due = -1;
    }

    private final RandomGenerator random;
    private final Map<ResourceKey, Entry> entries = new HashMap<>();
    private final Deque<ResourceKey> ready = new ArrayDeque<>();
    private final PriorityQueue<Due> delayed =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private long order;

    /// The latest moment that was told, and how far a clock that jumped back is behind it.
    private Instant latest = Instant.MIN;

    private Duration behind = Duration.ZERO;

    WorkQueue(RandomGenerator random) {
        this.random = random;
    }

    /// Puts a key in line because of a revision; 0 for none.
    synchronized void add(ResourceKey key, long cause) {
        var entry = entries.computeIfAbsent(key, _ -> new Entry());
        if (cause > 0) {
            remember(entry, cause);
        }
        enqueue(key, entry);
    }

    /// The next turn that is due, if any; [#done] must follow.
    synchronized Optional<Turn> poll(Instant now) {
        promote(steady(now));
        var key = ready.poll();
        if (key == null) {
            return Optional.empty();
        }
        var entry = entry(key);
        entry.ready = false;
        entry.running = true;
        var waking = new Waking(entry.causes.descendingSet().stream().toList(), entry.failures);
        entry.causes.clear();
        return Optional.of(new Turn(key, waking));
    }

    /// Ends a turn with what the controller asked for.
    synchronized void done(Turn turn, Next next, Instant moment) {
        var now = steady(moment);
        var entry = entry(turn.key());
        entry.running = false;
        entry.failures = next instanceof Next.Retry ? entry.failures + 1 : 0;
        switch (next) {
            case Next.Done() -> entry.due = -1;
            case Next.Again(var after) -> delay(turn.key(), entry, now.plus(after));
            case Next.Retry _ -> {
                turn.waking().causes().forEach(cause -> remember(entry, cause));
                delay(turn.key(), entry, now.plus(backOff(entry.failures)));
            }
        }
        if (entry.again) {
            entry.again = false;
            enqueue(turn.key(), entry);
        } else if (entry.due < 0) {
            entries.remove(turn.key());
        }
    }

    /// How long until the earliest delayed key is due, not less than nothing; empty when none is delayed.
    synchronized Optional<Duration> due(Instant now) {
        var steady = steady(now);
        return Optional.ofNullable(delayed.peek())
                .map(due -> Duration.between(steady, due.at()))
                .map(left -> left.isNegative() ? Duration.ZERO : left);
    }

    /// Whether no key is in line or being worked on; delayed ones do not count.
    synchronized boolean idle() {
        return ready.isEmpty() && entries.values().stream().noneMatch(entry -> entry.running);
    }

    /// How many keys are in line, delayed or being worked on.
    synchronized int size() {
        return entries.size();
    }

    private void enqueue(ResourceKey key, Entry entry) {
        if (entry.running) {
            entry.again = true;
        } else if (!entry.ready) {
            entry.ready = true;
            ready.add(key);
        }
    }

    private void delay(ResourceKey key, Entry entry, Instant at) {
        entry.due = ++order;
        delayed.add(new Due(at, entry.due, key));
    }

    /// A time that never runs backwards: a clock that jumps back must not hold up what is delayed.
    private Instant steady(Instant now) {
        var steady = now.plus(behind);
        if (steady.isBefore(latest)) {
            behind = behind.plus(Duration.between(steady, latest));
            return latest;
        }
        latest = steady;
        return steady;
    }

    /// Puts what is due in line; an entry that was delayed anew or is through leaves its old mark behind.
    private void promote(Instant now) {
        while (!delayed.isEmpty() && !delayed.peek().at().isAfter(now)) {
            var due = delayed.remove();
            var entry = entries.get(due.key());
            if (entry != null && entry.due == due.order()) {
                entry.due = -1;
                enqueue(due.key(), entry);
            }
        }
    }

    /// Doubled at each failure, with up to a fifth of jitter, so that what failed together does not return together.
    private Duration backOff(int failures) {
        var doubled = FIRST_BACK_OFF.toMillis() << Math.min(failures - 1, 20);
        var bounded = Math.min(doubled, MAX_BACK_OFF.toMillis());
        return Duration.ofMillis(bounded + random.nextLong(bounded / 5 + 1));
    }

    private static void remember(Entry entry, long cause) {
        entry.causes.add(cause);
        if (entry.causes.size() > Attribution.MAX_CAUSES) {
            entry.causes.pollFirst();
        }
    }

    private Entry entry(ResourceKey key) {
        var entry = entries.get(key);
        if (entry == null) {
            throw new IllegalStateException("not in the queue: " + key);
        }
        return entry;
    }
}
