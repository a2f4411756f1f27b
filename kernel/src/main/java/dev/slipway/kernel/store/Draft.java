package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Commits that were decided against a state and are not stored yet. Used by one thread.
///
/// Each commit sees what the ones before it would leave behind, so that a group of them can be stored at once.
final class Draft {
    private final Instant time;
    private final long epoch;
    private final Room room;
    private final List<Revision> revisions = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private StateView state;

    /// @param epoch of the lease as it is held now
    Draft(StateView state, Instant time, long epoch, Room room) {
        this.state = state;
        this.time = time;
        this.epoch = epoch;
        this.room = room;
    }

    /// Adds all changes of a commit, or none.
    Outcome add(Commit commit) {
        if (commit.epoch().isPresent() && commit.epoch().getAsLong() != epoch) {
            return new Outcome.Fenced(epoch);
        }
        for (var precondition : commit.preconditions()) {
            var actual = actual(state, precondition.key());
            if (!precondition.holds(actual)) {
                return new Outcome.Failed(precondition, actual);
            }
        }
        return changed(commit);
    }

    /// What is to be stored, in order.
    List<Revision> revisions() {
        return revisions;
    }

    /// The same as watchers will see it.
    List<Event> events() {
        return events;
    }

    /// The state once all of it is stored.
    StateView state() {
        return state;
    }

    private Outcome changed(Commit commit) {
        var after = state;
        var made = new ArrayList<Revision>(commit.changes().size());
        var seen = new ArrayList<Event>(commit.changes().size());
        for (var change : commit.changes()) {
            var before = after.get(change.key());
            var existence = existence(change);
            if (!existence.holds(actual(after, change.key()))) {
                return new Outcome.Failed(existence, actual(after, change.key()));
            }
            var revision =
                    revision(after.revision() + 1, change, before, commit, state.revision() + 1);
            made.add(revision);
            seen.add(new Event(change.operation(), revision.object(), before));
            after = after.with(revision);
        }
        if (room.refuses(commit, state, after)) {
            return new Outcome.Full(room.limit());
        }
        state = after;
        revisions.addAll(made);
        events.addAll(seen);
        return new Outcome.Committed(made);
    }

    private Revision revision(
            long number, Change change, Optional<StoredObject> before, Commit commit, long batch) {
        return new Revision(
                number,
                change.key(),
                change.uid(),
                change.operation(),
                before.map(StoredObject::revision).orElse(0L),
                commit.attribution(),
                time,
                batch,
                change.body(),
                change.seal());
    }

    private static Precondition existence(Change change) {
        return change.operation() == Operation.CREATE
                ? Precondition.absent(change.key())
                : Precondition.present(change.key());
    }

    private static long actual(StateView state, ResourceKey key) {
        return state.get(key).map(StoredObject::revision).orElse(Precondition.ABSENT);
    }
}
