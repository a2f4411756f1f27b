package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// What all stores share over a [Database]: decides commits, folds the state, feeds the watches.
///
/// Commits are applied by one thread at a time, which is the owner's duty; all else may be called from any thread.
final class Ledger implements AutoCloseable {
    /// How many revisions are read from the log at once.
    static final int PAGE = 512;

    /// How much of the tail is read when a log is opened, so that a start does not take longer for it.
    static final int PRELOADED = 1_024;

    /// How many may read states of the past, one of them now and the others when it is their turn.
    static final int MAX_UNFOLDERS = 16;

    private static final Logger LOG = System.getLogger(Ledger.class.getName());

    private final Database database;

    private final Clock clock;
    private final Tail tail;
    private final Room room;
    private boolean nearlyFull;
    private volatile StateView state;
    private volatile boolean closed;
    private final AtomicLong restarts = new AtomicLong();

    /// The time of the newest revision: along the log time never runs backwards. Empty where it could not be read, which
    /// keeps nobody from what exists; it is read again before anything is appended.
    private Optional<Instant> time;

    /// Held while the state is moved on.
    private final ReentrantLock folding = new ReentrantLock();

    /// Held while a state of the past is read.
    private final ReentrantLock unfolding = new ReentrantLock(true);

    private final Semaphore unfolders = new Semaphore(MAX_UNFOLDERS);

    Ledger(Database database, Clock clock, StoreSettings settings) {
        this.database = database;
        this.clock = clock;
        this.room = new Room(settings.stateBytes());
        this.state = database.load();
        this.time = newestTime();
        var preloaded = Math.min(PRELOADED, settings.tailEvents());
        var begin = Math.max(state.revision() - preloaded, database.horizon().removed());
        this.tail = new Tail(settings, Math.max(0, begin));
        preload();
        tellOfRoom();
    }

    /// Decides commits in order and stores those that hold, together; the outcomes are in the same order.
    List<Outcome> apply(List<Commit> commits) {
        refuseClosed();
        folding.lock();
        try {
            return append(commits);
        } catch (RewoundException | OutrunException e) {
            startOver(e);
            return append(commits);
        } finally {
            folding.unlock();
        }
    }

    /// Takes in what lies on the medium beyond the state: what another process has written, or an append left there
    /// that seemed to fail.
    void catchUp() {
        catchUp(Long.MAX_VALUE);
    }

    /// Takes in what lies on the medium beyond the state, at least up to a number; nothing where that is there already.
    void catchUp(long number) {
        refuseClosed();
        if (state.revision() >= number) {
            return;
        }
        folding.lock();
        try {
            follow(number);
        } catch (RewoundException | OutrunException e) {
            startOver(e);
        } finally {
            folding.unlock();
        }
    }

    /// How often everything was read anew, because the log was put back behind the state or compacted beyond it.
    long restarts() {
        return restarts.get();
    }

    /// The newest number on the medium, which may be beyond the state.
    long newest() {
        refuseClosed();
        return database.newest();
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

    List<Revision> history(ResourceKey key, long before, int limit) {
        refuseClosed();
        refuseNegative(before, limit);
        return database.history(key, Math.min(before, state.revision() + 1), limit);
    }

    Optional<Revision> at(ResourceKey key, long number) {
        refuseClosed();
        refuseFuture(number);
        return database.at(key, number);
    }

    State past(KindKey kind, long number) {
        refuseClosed();
        var now = state;
        if (number == now.revision()) {
            return now;
        }
        refuseFuture(number);
        var destroyed = new HashMap<ResourceKey, Revision>();
        var objects = new ArrayList<StoredObject>();
        for (var revision : folded(kind, number)) {
            var deletion = destroyedBy(revision);
            deletion.ifPresent(one -> destroyed.put(revision.key(), one));
            objects.add(deletion.map(revision::leftBy).orElseGet(() -> shared(now, revision)));
        }
        return new PastState(StateView.of(number, objects), destroyed);
    }

    /// One at a time: for a moment all bodies of a kind are in memory a second time. Few wait for their turn.
    private List<Revision> folded(KindKey kind, long number) {
        if (!unfolders.tryAcquire()) {
            throw Problem.of(
                            Reason.TOO_MANY_REQUESTS,
                            "%d states of the past are being read already, ask again later"
                                    .formatted(MAX_UNFOLDERS))
                    .retryAfter(1)
                    .exception();
        }
        unfolding.lock();
        try {
            return database.past(kind, number);
        } finally {
            unfolding.unlock();
            unfolders.release();
        }
    }

    /// How many more may read states of the past.
    int turnsLeft() {
        return unfolders.availablePermits();
    }

    /// What has not changed since is the object that the newest state has: a state of the past takes room for what differs.
    private static StoredObject shared(State now, Revision revision) {
        return now.get(revision.key())
                .filter(object -> object.revision() == revision.number())
                .orElseGet(() -> revision.shredded() ? revision.unreadable() : revision.object());
    }

    Optional<Revision> deletion(Revision revision) {
        refuseClosed();
        var deletion = destroyedBy(revision);
        if (deletion.isEmpty() && revision.shredded()) {
            throw Problem.of(
                            Reason.EXPIRED,
                            "%s at revision %d cannot be read any more: its key was destroyed when it was deleted, or is damaged"
                                    .formatted(revision.key(), revision.number()))
                    .exception();
        }
        return deletion;
    }

    /// The deletion that took the content of a revision along; empty also where its key is damaged.
    private Optional<Revision> destroyedBy(Revision revision) {
        if (!revision.shredded()) {
            return Optional.empty();
        }
        for (var before = Long.MAX_VALUE; before > revision.number(); ) {
            var page = database.history(revision.key(), before, PAGE);
            var found =
                    page.stream()
                            .filter(one -> one.operation() == Operation.DELETE)
                            .filter(one -> one.uid().equals(revision.uid()))
                            .findFirst();
            if (found.isPresent()) {
                return found;
            }
            before = page.isEmpty() ? revision.number() : page.getLast().number();
        }
        return Optional.empty();
    }

    long numberAt(Instant time) {
        refuseClosed();
        return Math.min(database.numberAt(time), state.revision());
    }

    Watch watch(Scope scope, long after) {
        refuseClosed();
        refuseNegative(after, 0);
        var watch = new LogWatch(this, tail, scope, after);
        var newest = state.revision();
        if (after > newest) {
            watch.close();
            throw Problem.of(
                            Reason.EXPIRED,
                            "revision %d does not exist yet: the newest is %d"
                                    .formatted(after, newest))
                    .exception();
        }
        return watch;
    }

    int watches() {
        return tail.watches();
    }

    /// The next events of a scope for who is too late for the tail, out of the next revisions of the log.
    ///
    /// Refuses where some of the scope are gone: looked up last, so that nothing goes unnoticed in between.
    Page page(Scope scope, long after) {
        var page = page(after);
        horizon(scope).refuseWatch(after);
        var selected =
                page.events().stream().filter(event -> scope.holds(event.object().key())).toList();
        return new Page(selected, page.revision());
    }

    /// Some events of a scope, and up to which revision they are all.
    record Page(List<Event> events, long revision) {}

    /// The next events of the log, whatever their scope. What was shredded is left out: its deletion follows.
    private Page page(long after) {
        var revisions = log(after, PAGE);
        var known = HashMap.<Long, Revision>newHashMap(revisions.size());
        revisions.forEach(revision -> known.put(revision.number(), revision));
        known.putAll(database.revisions(before(revisions, known)));
        var events = new ArrayList<Event>(revisions.size());
        for (var revision : revisions) {
            if (!revision.shredded()) {
                events.add(event(revision, known));
            }
        }
        return new Page(events, revisions.isEmpty() ? after : revisions.getLast().number());
    }

    /// The numbers of those that others have followed and that are not known.
    private static Set<Long> before(List<Revision> revisions, Map<Long, Revision> known) {
        return revisions.stream()
                .filter(revision -> !revision.shredded())
                .map(Revision::previous)
                .filter(number -> number != 0 && !known.containsKey(number))
                .collect(Collectors.toSet());
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

    /// Reads the newest events, as far back as the log can be read: damage there keeps nobody from what exists.
    private void preload() {
        var newest = state.revision();
        while (tail.revision() < newest && !read(newest)) {
            var left = newest - tail.revision();
            tail.restart(newest - left / 2);
        }
    }

    /// Reads events into the tail until it ends with a number; whether all of them could be read.
    private boolean read(long newest) {
        try {
            for (var at = tail.revision(); at < newest; at = tail.revision()) {
                var page = page(at);
                tail.publish(page.events(), page.revision() == at ? newest : page.revision());
            }
            return true;
        } catch (ProblemException e) {
            LOG.log(
                    Level.ERROR,
                    "the log cannot be read after revision {0}: {1}; what exists is served, slipway doctor tells what is lost",
                    Long.toString(tail.revision()),
                    e.getMessage());
            return false;
        }
    }

    private Horizon horizon(Scope scope) {
        return switch (scope) {
            case Scope.Everything _ -> database.horizon();
            case Scope.OfKind(var kind) -> database.horizon(kind);
            case Scope.InNamespace(var kind, _) -> database.horizon(kind);
        };
    }

    private List<Outcome> append(List<Commit> commits) {
        if (time.isEmpty()) {
            time = Optional.of(database.newestTime());
        }
        var decided = new Decided(commits);
        database.append(state.revision(), decided);
        decided.publish();
        return decided.outcomes;
    }

    private void follow(long number) {
        while (state.revision() < number) {
            var page = database.following(state.revision(), PAGE);
            if (page.isEmpty()) {
                return;
            }
            fold(page);
        }
    }

    /// The log is not the one that was folded: a restored backup, or a server that had not received everything. Or it
    /// is, and this process has slept for longer than deletions are remembered. The state is there before anything else
    /// can fail, because the database goes on from it.
    private void startOver(RuntimeException why) {
        LOG.log(
                Level.ERROR,
                "the log {0}: {1}; everything is read anew, and all watches end",
                why instanceof OutrunException ? "cannot be followed any more" : "was put back",
                why.getMessage());
        var anew = database.load();
        state = anew;
        restarts.incrementAndGet();
        tail.restart(anew.revision());
        time = newestTime();
    }

    private Optional<Instant> newestTime() {
        try {
            return Optional.of(database.newestTime());
        } catch (ProblemException e) {
            LOG.log(
                    Level.ERROR,
                    "{0}; what exists is served, slipway doctor tells what is lost",
                    e.getMessage());
            return Optional.empty();
        }
    }

    private void fold(List<Revision> page) {
        var after = state;
        var events = new ArrayList<Event>(page.size());
        for (var revision : page) {
            var before = after.get(revision.key());
            if (!revision.shredded()) {
                events.add(new Event(revision.operation(), revision.object(), before));
            }
            after = after.with(revision);
        }
        publish(after, events);
        time = Optional.of(page.getLast().time());
    }

    /// First the state, then the watches: who hears of a revision finds it in the state.
    private void publish(StateView next, List<Event> events) {
        state = next;
        tail.publish(events, next.revision());
        tellOfRoom();
    }

    /// Once, when it becomes scarce.
    private void tellOfRoom() {
        if (room.isNearlyFull(state) != nearlyFull) {
            nearlyFull = !nearlyFull;
            LOG.log(
                    nearlyFull ? Level.WARNING : Level.INFO,
                    nearlyFull
                            ? "what exists takes {0} of the {1} MiB that it may take: soon nothing can be added"
                            : "what exists takes {0} of the {1} MiB that it may take: there is room again",
                    state.bytes() >> 20,
                    room.limit() >> 20);
        }
    }

    private static Event event(Revision revision, Map<Long, Revision> known) {
        if (revision.previous() == 0) {
            return new Event(revision.operation(), revision.object(), Optional.empty());
        }
        var previous = Optional.ofNullable(known.get(revision.previous()));
        return new Event(
                revision.operation(),
                revision.object(),
                previous.map(before -> before.shredded() ? revision.object() : before.object()));
    }

    /// Microseconds: what every medium can keep.
    private Instant now() {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return time.filter(now::isBefore).orElse(now);
    }

    private void refuseFuture(long number) {
        refuseNegative(number, 0);
        if (number > state.revision()) {
            throw Problem.badRequest(
                            "revision %d does not exist yet: the newest is %d"
                                    .formatted(number, state.revision()))
                    .exception();
        }
    }

    private static void refuseNegative(long after, int limit) {
        if (after < 0 || limit < 0) {
            throw new IllegalArgumentException("after %d, limit %d".formatted(after, limit));
        }
    }

    /// Commits as they are decided on the newest state, and what is published once they are stored.
    private final class Decided implements Database.Decision {
        private final List<Commit> commits;
        private List<Outcome> outcomes = List.of();
        private Draft draft;

        Decided(List<Commit> commits) {
            this.commits = commits;
            this.draft = new Draft(state, now(), 0, room);
        }

        @Override
        public void missed(List<Revision> page) {
            fold(page);
        }

        @Override
        public List<Revision> decide(long epoch) {
            draft = new Draft(state, now(), epoch, room);
            outcomes = commits.stream().map(draft::add).toList();
            return draft.revisions();
        }

        void publish() {
            if (!draft.revisions().isEmpty()) {
                Ledger.this.publish(draft.state(), draft.events());
                time = Optional.of(draft.revisions().getLast().time());
            }
        }
    }
}
