package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ResourceKey;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What all stores share over a [Database]: decides commits, folds the state, feeds the watches.
///
/// Commits are applied by one thread at a time, which is the owner's duty; all else may be called from any thread.
final class Ledger implements AutoCloseable {
    /// How many revisions are read from the log at once.
    static final int PAGE = 512;

    /// How much of the tail is read when a log is opened, so that a start does not take longer for it.
    static final int PRELOADED = 1_024;

    private final Database database;
    private final Clock clock;
    private final Tail tail;
    private volatile StateView state;
    private volatile boolean closed;

    /// The time of the newest revision: along the log time never runs backwards.
    private Instant time;

    /// Whether an append failed, so that the log may hold more than the state.
    private boolean uncertain;

    Ledger(Database database, Clock clock, StoreSettings settings) {
        this.database = database;
        this.clock = clock;
        this.state = database.load();
        this.time = database.revision(state.revision()).map(Revision::time).orElse(Instant.MIN);
        var preloaded = Math.min(PRELOADED, settings.tailEvents());
        this.tail = new Tail(settings, Math.max(0, state.revision() - preloaded));
        preload();
    }

    /// Decides commits in order and stores those that hold, together; the outcomes are in the same order.
    List<Outcome> apply(List<Commit> commits) {
        refuseClosed();
        if (uncertain) {
            catchUp();
        }
        var draft = new Draft(state, now());
        var outcomes = commits.stream().map(draft::add).toList();
        if (!draft.revisions().isEmpty()) {
            uncertain = true;
            database.append(draft.revisions());
            uncertain = false;
            publish(draft.state(), draft.events());
            time = draft.revisions().getLast().time();
        }
        return outcomes;
    }

    StateView state() {
        return state;
    }

    Optional<Revision> revision(long number) {
        refuseClosed();
        return number > state.revision() ? Optional.empty() : database.revision(number);
    }

    List<Revision> log(long after, int limit) {
        refuseClosed();
        refuseNegative(after, limit);
        var visible = Math.max(0, state.revision() - after);
        return database.log(after, (int) Math.min(limit, visible));
    }

    List<Revision> history(ResourceKey key, int limit) {
        refuseClosed();
        refuseNegative(0, limit);
        return database.history(key, limit);
    }

    Watch watch(Scope scope, long after) {
        refuseClosed();
        refuseNegative(after, 0);
        var newest = state.revision();
        if (after > newest) {
            throw Problem.of(
                            Reason.EXPIRED,
                            "revision %d does not exist yet: the newest is %d"
                                    .formatted(after, newest))
                    .exception();
        }
        return new LogWatch(this, tail, scope, after);
    }

    int watches() {
        return tail.watches();
    }

    /// The next events of the log, whatever their scope; for who is too late for the tail.
    List<Event> events(long after, int limit) {
        var revisions = log(after, limit);
        var seen = HashMap.<Long, Revision>newHashMap(revisions.size());
        var events = new ArrayList<Event>(revisions.size());
        for (var revision : revisions) {
            seen.put(revision.number(), revision);
            events.add(event(revision, seen));
        }
        return events;
    }

    /// Ends all watches and closes the database. Must not run beside an [#apply].
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            tail.close();
            database.close();
        }
    }

    void refuseClosed() {
        if (closed) {
            throw Problem.of(Reason.SERVICE_UNAVAILABLE, "the store is closed").exception();
        }
    }

    private void preload() {
        var newest = state.revision();
        for (var at = tail.revision(); at < newest; at = tail.revision()) {
            var page = events(at, PAGE);
            tail.publish(page, page.getLast().revision());
        }
    }

    /// Takes in what an append that seemed to fail has left in the log after all.
    private void catchUp() {
        for (var page = database.log(state.revision(), PAGE);
                !page.isEmpty();
                page = database.log(state.revision(), PAGE)) {
            var after = state;
            var events = new ArrayList<Event>(page.size());
            for (var revision : page) {
                events.add(
                        new Event(
                                revision.operation(),
                                revision.object(),
                                after.get(revision.key())));
                after = after.with(revision);
            }
            publish(after, events);
            time = page.getLast().time();
        }
        uncertain = false;
    }

    /// First the state, then the watches: who hears of a revision finds it in the state.
    private void publish(StateView next, List<Event> events) {
        state = next;
        tail.publish(events, next.revision());
    }

    private Event event(Revision revision, Map<Long, Revision> seen) {
        if (revision.previous() == 0) {
            return new Event(revision.operation(), revision.object(), Optional.empty());
        }
        var previous =
                Optional.ofNullable(seen.get(revision.previous()))
                        .or(() -> database.revision(revision.previous()));
        return new Event(revision.operation(), revision.object(), previous.map(Revision::object));
    }

    /// Microseconds: what every medium can keep.
    private Instant now() {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isBefore(time) ? time : now;
    }

    private static void refuseNegative(long after, int limit) {
        if (after < 0 || limit < 0) {
            throw new IllegalArgumentException("after %d, limit %d".formatted(after, limit));
        }
    }
}
