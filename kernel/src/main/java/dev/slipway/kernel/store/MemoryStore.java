package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// A store without a disk, for tests, previews and simulations, and the measure for the other stores.
///
/// Starts no thread: a commit is done when it returns.
public final class MemoryStore implements Store {
    private final Ledger ledger;

    public MemoryStore(Clock clock) {
        this(clock, StoreSettings.defaults());
    }

    public MemoryStore(Clock clock, StoreSettings settings) {
        this.ledger = new Ledger(new MemoryDatabase(), clock, settings);
    }

    @Override
    public synchronized Outcome commit(Commit commit) {
        return ledger.apply(List.of(commit)).getFirst();
    }

    @Override
    public State state() {
        return ledger.state();
    }

    @Override
    public Optional<Revision> revision(long number) {
        return ledger.revision(number);
    }

    @Override
    public List<Revision> log(long after, int limit) {
        return ledger.log(after, limit);
    }

    @Override
    public List<Revision> history(ResourceKey key, int limit) {
        return ledger.history(key, limit);
    }

    @Override
    public Watch watch(Scope scope, long after) {
        return ledger.watch(scope, after);
    }

    @Override
    public int watches() {
        return ledger.watches();
    }

    @Override
    public synchronized void close() {
        ledger.close();
    }
}
