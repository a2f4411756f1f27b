package dev.slipway.simulation;

import dev.slipway.kernel.store.Broken;
import dev.slipway.kernel.store.Commit;
import dev.slipway.kernel.store.Outcome;
import dev.slipway.kernel.store.SimulatedStore;
import dev.slipway.kernel.store.Store;
import java.util.OptionalLong;

/// The store as controllers write to it: their commits hold only as long as the lease does.
final class LeasedStore {
    private LeasedStore() {}

    /// @param medium the store beneath, which knows in which epoch a commit was kept
    static Store of(Store store, SimulatedStore medium, OptionalLong epoch, Defect defect) {
        return new AlteredStore(
                store,
                (real, commit) -> {
                    var outcome = real.commit(leased(commit, defect.epoch(epoch)));
                    Broken.unless(
                            epoch.isEmpty()
                                    || !(outcome instanceof Outcome.Committed)
                                    || medium.epoch() == epoch.getAsLong(),
                            "a controller wrote in %s of the lease, which was in epoch %d",
                            epoch,
                            medium.epoch());
                    return outcome;
                },
                watch -> watch);
    }

    private static Commit leased(Commit commit, OptionalLong epoch) {
        return new Commit(commit.changes(), commit.preconditions(), commit.attribution(), epoch);
    }
}
