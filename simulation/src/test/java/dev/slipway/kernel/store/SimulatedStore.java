package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/// The real ledger over a simulated medium. Holds what comes of each commit against the witness.
public final class SimulatedStore extends LedgerStore {
    private final Medium medium;
    private final SimulatedDatabase database;

    public SimulatedStore(
            Medium medium, Mishaps mishaps, Moments moments, Clock clock, StoreSettings settings) {
        this(medium, new SimulatedDatabase(medium, mishaps, moments), clock, settings);
    }

    private SimulatedStore(
            Medium medium, SimulatedDatabase database, Clock clock, StoreSettings settings) {
        super(new Ledger(database, clock, settings));
        this.medium = medium;
        this.database = database;
    }

    @Override
    public Outcome commit(Commit commit) {
        database.begin();
        try {
            var outcome = ledger.apply(List.of(commit)).getFirst();
            switch (outcome) {
                case Outcome.Committed(var revisions) -> check(commit, revisions);
                case Outcome.Failed(var precondition, var actual) -> check(precondition, actual);
                case Outcome.Full full -> Broken.unless(false, "what exists is small", full);
                case Outcome.Fenced _ ->
                        Broken.unless(database.kept().isEmpty(), "a fenced commit was kept");
            }
            return outcome;
        } catch (ProblemException e) {
            whole(commit);
            throw e;
        }
    }

    /// Asks the medium, as a store does that shares it.
    @Override
    public State fresh() {
        if (ledger.newest() > ledger.state().revision()) {
            ledger.catchUp();
        }
        return ledger.state();
    }

    /// Whether others have written what this process has not taken in.
    public boolean behind() {
        return medium.witness().newest() > ledger.state().revision();
    }

    /// The epoch of the lease when the last commit was kept.
    public long epoch() {
        return database.epoch();
    }

    /// Takes in what others have written.
    public void catchUp() {
        ledger.catchUp();
    }

    @Override
    public void close() {
        ledger.close();
    }

    /// What was acknowledged is kept as it was asked for, and visible.
    private void check(Commit commit, List<Revision> revisions) {
        whole(commit);
        Broken.unless(
                database.kept().size() == commit.changes().size()
                        && revisions.size() == commit.changes().size(),
                "%d changes were acknowledged as %d revisions of which %d were kept",
                commit.changes().size(),
                revisions.size(),
                database.kept().size());
        for (int i = 0; i < revisions.size(); i++) {
            Witness.same(database.kept().get(i), revisions.get(i));
            Broken.unless(
                    Arrays.equals(revisions.get(i).body(), commit.changes().get(i).body()),
                    "%s was acknowledged with another body",
                    revisions.get(i).key());
        }
        Broken.unless(
                ledger.state().revision() >= revisions.getLast().number(),
                "revision %d was acknowledged and the state is at %d",
                revisions.getLast().number(),
                ledger.state().revision());
    }

    /// What was refused left nothing, and for a reason that is true.
    private void check(Precondition precondition, long actual) {
        Broken.unless(
                database.kept().isEmpty(),
                "a commit was refused and %d revisions of it were kept",
                database.kept().size());
        Broken.unless(
                !precondition.holds(actual), "a commit was refused although %s held", precondition);
        var newest = newest(precondition.key(), ledger.state().revision());
        Broken.unless(
                newest == actual,
                "a commit was refused because %s is at %d, and it is at %d",
                precondition.key(),
                actual,
                newest);
    }

    private void whole(Commit commit) {
        Broken.unless(
                database.kept().isEmpty() || database.kept().size() == commit.changes().size(),
                "%d of %d changes were kept",
                database.kept().size(),
                commit.changes().size());
    }

    private long newest(ResourceKey key, long at) {
        return medium.witness().at(key, at).map(Revision::number).orElse(0L);
    }
}
