package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The reading half of every store: a [Ledger] over one medium or another. Safe for any thread.
abstract class LedgerStore implements Store {
    final Ledger ledger;

    LedgerStore(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public State state() {
        return ledger.state();
    }

    /// Alone with its medium, a store's state is always the newest.
    @Override
    public State fresh() {
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
    public List<Revision> history(ResourceKey key, long before, int limit) {
        return ledger.history(key, before, limit);
    }

    @Override
    public Optional<Revision> at(ResourceKey key, long number) {
        return ledger.at(key, number);
    }

    @Override
    public State past(KindKey kind, long number) {
        return ledger.past(kind, number);
    }

    @Override
    public Optional<Revision> deletion(Revision revision) {
        return ledger.deletion(revision);
    }

    @Override
    public long numberAt(Instant time) {
        return ledger.numberAt(time);
    }

    @Override
    public Watch watch(Scope scope, long after) {
        return ledger.watch(scope, after);
    }

    @Override
    public int watches() {
        return ledger.watches();
    }
}
