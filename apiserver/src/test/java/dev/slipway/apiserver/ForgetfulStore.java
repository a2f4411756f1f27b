package dev.slipway.apiserver;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
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

/// A store over another one that can forget its past, and whose state can lag behind what was acknowledged elsewhere.
final class ForgetfulStore implements Store {
    private final Store store;
    private volatile long earliest;
    private volatile Optional<State> stale = Optional.empty();

    ForgetfulStore(Store store) {
        this.store = store;
    }

    /// Forgets every state before a revision.
    void forgetBefore(long revision) {
        earliest = revision;
    }

    /// Shows from now on what is there now, except to who asks for what is fresh.
    void lag() {
        stale = Optional.of(store.state());
    }

    @Override
    public Outcome commit(Commit commit) {
        return store.commit(commit);
    }

    @Override
    public State state() {
        return stale.orElseGet(store::state);
    }

    @Override
    public State fresh() {
        return store.fresh();
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
    public List<Revision> history(ResourceKey key, long before, int limit) {
        return store.history(key, before, limit);
    }

    @Override
    public Optional<Revision> at(ResourceKey key, long number) {
        return store.at(key, number);
    }

    @Override
    public State past(KindKey kind, long number) {
        if (number < earliest) {
            throw Problem.of(Reason.EXPIRED, "the earliest there is is " + earliest).exception();
        }
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
