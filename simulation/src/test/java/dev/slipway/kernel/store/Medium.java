package dev.slipway.kernel.store;

import java.util.ArrayList;
import java.util.List;

/// What outlives every process: a log in memory, and the witness of what it was told to keep.
public class Medium {
    private final MemoryDatabase kept = new MemoryDatabase();
    private final Witness witness = new Witness();
    private long epoch;

    public Witness witness() {
        return witness;
    }

    MemoryDatabase kept() {
        return kept;
    }

    /// Passes the lease on to another holder.
    public long nextEpoch() {
        epoch = kept.nextEpoch();
        return epoch;
    }

    /// The epoch of the lease as it is held now.
    long epoch() {
        return epoch;
    }

    /// Lets a decision be made on the newest state and keeps for good what was decided.
    List<Revision> keep(long known, Database.Decision decision) {
        var decided = new ArrayList<Revision>();
        kept.append(
                known,
                new Database.Decision() {
                    @Override
                    public void missed(List<Revision> page) {
                        tell(decision, page);
                    }

                    @Override
                    public List<Revision> decide(long epoch) {
                        decided.addAll(decision.decide(epoch));
                        witness.kept(decided);
                        return kept(decided);
                    }
                });
        return decided;
    }

    /// Lets a decision be made that comes to nothing.
    void forget(long known, Database.Decision decision) {
        kept.append(
                known,
                new Database.Decision() {
                    @Override
                    public void missed(List<Revision> page) {
                        decision.missed(page);
                    }

                    @Override
                    public List<Revision> decide(long epoch) {
                        decision.decide(epoch);
                        return List.of();
                    }
                });
    }

    /// What is really kept of a group; a defect may be planted here.
    protected List<Revision> kept(List<Revision> revisions) {
        return revisions;
    }

    /// Tells a decision what it missed; a defect may be planted here.
    void tell(Database.Decision decision, List<Revision> missed) {
        decision.missed(missed);
    }

    /// What a process finds when it opens the log; a defect may be planted here.
    StateView load() {
        return kept.load();
    }
}
