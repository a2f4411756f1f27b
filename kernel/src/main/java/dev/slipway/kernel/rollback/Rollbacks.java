package dev.slipway.kernel.rollback;

import dev.slipway.kernel.past.Past;
import dev.slipway.kernel.relations.RelationsView;
import dev.slipway.kernel.resources.Batch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;

/// Undoes what was written, in one commit of new revisions, unless something depends on it. Thread-safe.
///
/// Each write goes the way of any other, with the rights and in the name of who asked.
public final class Rollbacks {
    /// How many characters the note of a revision has.
    static final int MAX_NOTE = 512;

    private final Store store;
    private final Resources resources;
    private final RelationsView relations;
    private final Past past;

    public Rollbacks(Store store, Resources resources, RelationsView relations, Past past) {
        this.store = store;
        this.resources = resources;
        this.relations = relations;
        this.past = past;
    }

    /// Rolls back, or throws a problem that names every object and revision in the way.
    public RolledBack run(Rollback rollback, Rights rights, WriteOptions options) {
        var attempts = new ArrayDeque<Attempt>();
        var revisions =
                resources.batch(
                        batch -> attempts.push(attempt(rollback, rights, batch)),
                        noted(rollback, options));
        var last = attempts.getFirst();
        return new RolledBack(last.steps(), last.warnings(), revisions);
    }

    private Attempt attempt(Rollback rollback, Rights rights, Batch batch) {
        var state = batch.state();
        var scope = scope(rollback, state);
        var blockers = new ArrayList<>(scope.blockers());
        blockers.addAll(Dependencies.of(state, batch.kinds(), relations, scope.undos()));
        if (blockers.isEmpty()) {
            blockers.addAll(StandingCauses.of(store, state, rollback, scope.undos()));
        }
        if (!blockers.isEmpty()) {
            throw Blocker.refusal(rollback, blockers);
        }
        var attempt = new Attempt(batch, past, rights);
        attempt.write(scope.undos());
        return attempt;
    }

    private Scope scope(Rollback rollback, State state) {
        return switch (rollback) {
            case Rollback.OfObject one -> ObjectScope.of(store, one, state);
            case Rollback.OfRevision one -> CauseScope.of(store, one, state);
            case Rollback.OfNote one -> CauseScope.of(store, one, state);
        };
    }

    /// With a note that says what is undone, and then what the client said of its reason.
    private static WriteOptions noted(Rollback rollback, WriteOptions options) {
        var reason = options.attribution().note();
        var note = reason.isEmpty() ? rollback.toString() : rollback + ": " + reason;
        return new WriteOptions(
                options.attribution()
                        .noted(note.length() <= MAX_NOTE ? note : note.substring(0, MAX_NOTE)),
                options.manager(),
                options.dryRun(),
                options.strictness(),
                options.user());
    }
}
