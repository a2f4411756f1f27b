package dev.slipway.simulation;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Commit;
import dev.slipway.kernel.store.Outcome;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.Scope;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.Watch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// A store with a defect in its commits or its watches.
final class AlteredStore implements Store {
    private final Store store;
    private final BiFunction<Store, Commit, Outcome> commits;
    private final UnaryOperator<Watch> watches;

    AlteredStore(
            Store store, BiFunction<Store, Commit, Outcome> commits, UnaryOperator<Watch> watches) {
        this.store = store;
        this.commits = commits;
        this.watches = watches;
    }

    @Override
    public Outcome commit(Commit commit) {
        return commits.apply(store, commit);
    }

    @Override
    public State state() {
        return store.state();
    }

    @Override
    public Optional<Revision> revision(long number) {
        return store.revision(number);
    }

    @Override
    public List<Revision> log(long after, int limit) {
        return store.log(after, limit);
    }

    @Override
    public State fresh() {
        return store.fresh();
    }

    @Override
    public List<Revision> history(ResourceKey key, long before, int limit) {
        return store.history(key, before, limit);
    }

    @Override
    public Optional<Revision> at(ResourceKey key, long number) {
        return store.at(key, number);
    }

    @Override
    public State past(KindKey kind, long number) {
        return store.past(kind, number);
    }

    @Override
    public Optional<Revision> deletion(Revision revision) {
        return store.deletion(revision);
    }

    @Override
    public long numberAt(Instant time) {
        return store.numberAt(time);
    }

    @Override
    public Watch watch(Scope scope, long after) {
        return watches.apply(store.watch(scope, after));
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
