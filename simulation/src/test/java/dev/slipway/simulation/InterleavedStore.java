package dev.slipway.simulation;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Commit;
import dev.slipway.kernel.store.Moments;
import dev.slipway.kernel.store.Outcome;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.Scope;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.Watch;
import dev.slipway.kernel.store.Witness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A store at each call of which others may be first. What a commit relied on is held against the witness.
final class InterleavedStore implements Store {
    private final Store store;
    private final Moments moments;
    private final Witness witness;

    InterleavedStore(Store store, Moments moments, Witness witness) {
        this.witness = witness;
        this.store = store;
        this.moments = moments;
    }

    @Override
    public Outcome commit(Commit commit) {
        moments.atLarge();
        var outcome = store.commit(commit);
        if (outcome instanceof Outcome.Committed committed) {
            witness.compare(commit, committed);
        }
        moments.atLarge();
        return outcome;
    }

    @Override
    public State state() {
        moments.atLarge();
        return store.state();
    }

    @Override
    public Optional<Revision> revision(long number) {
        moments.atLarge();
        return store.revision(number);
    }

    @Override
    public List<Revision> log(long after, int limit) {
        moments.atLarge();
        return store.log(after, limit);
    }

    @Override
    public State fresh() {
        moments.atLarge();
        return store.fresh();
    }

    @Override
    public List<Revision> history(ResourceKey key, long before, int limit) {
        moments.atLarge();
        return store.history(key, before, limit);
    }

    @Override
    public Optional<Revision> at(ResourceKey key, long number) {
        moments.atLarge();
        return store.at(key, number);
    }

    @Override
    public State past(KindKey kind, long number) {
        moments.atLarge();
        return store.past(kind, number);
    }

    @Override
    public Optional<Revision> deletion(Revision revision) {
        moments.atLarge();
        return store.deletion(revision);
    }

    @Override
    public long numberAt(Instant time) {
        moments.atLarge();
        return store.numberAt(time);
    }

    @Override
    public Watch watch(Scope scope, long after) {
        moments.atLarge();
        return store.watch(scope, after);
    }

    @Override
    public int watches() {
        return store.watches();
    }

    @Override
    public void close() {
        store.close();
    }
}
