package dev.slipway.kernel.store;

import java.time.Clock;
import java.util.List;

/// A store without a disk, for tests, previews and simulations, and the measure for the other stores.
///
/// Starts no thread: a commit is done when it returns.
public final class MemoryStore extends LedgerStore {
    public MemoryStore(Clock clock) {
        this(clock, StoreSettings.defaults());
    }

    public MemoryStore(Clock clock, StoreSettings settings) {
        super(new Ledger(new MemoryDatabase(), clock, settings));
    }

    private MemoryStore(StateView base, Clock clock) {
        super(new Ledger(new MemoryDatabase(base), clock, StoreSettings.defaults()));
    }

    /// A store that begins with what another one holds, and shares nothing that is written from then on. Knows no history
    /// from before.
    public static MemoryStore over(State base, Clock clock) {
        return switch (base) {
            case StateView view -> new MemoryStore(view, clock);
            default -> throw new IllegalArgumentException("not the state of a store: " + base);
        };
    }

    @Override
    public synchronized Outcome commit(Commit commit) {
        return ledger.apply(List.of(commit)).getFirst();
    }

    @Override
    public synchronized void close() {
        ledger.close();
    }
}
