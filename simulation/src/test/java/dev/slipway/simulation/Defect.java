package dev.slipway.simulation;

import dev.slipway.control.Controller;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.Commit;
import dev.slipway.kernel.store.ForgetfulMedium;
import dev.slipway.kernel.store.Medium;
import dev.slipway.kernel.store.Outcome;
import dev.slipway.kernel.store.RepeatingMedium;
import dev.slipway.kernel.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What may be planted into the platform, to see that a simulation finds it.
enum Defect {
    NONE,

    /// Says that it has kept what it has not.
    LOSES_A_WRITE {
        @Override
        Medium medium() {
            return new ForgetfulMedium();
        }
    },

    /// Gives a number twice.
    REPEATS_A_REVISION {
        @Override
        Medium medium() {
            return new RepeatingMedium();
        }
    },

    /// Commits what relied on something that has changed.
    IGNORES_PRECONDITIONS {
        @Override
        Store store(Store store) {
            return new AlteredStore(
                    store,
                    (real, commit) ->
                            real.commit(
                                    new Commit(
                                            commit.changes(),
                                            List.of(),
                                            commit.attribution(),
                                            commit.epoch())),
                    watch -> watch);
        }
    },

    /// Lets controllers write whose process has lost the lease.
    IGNORES_THE_LEASE {
        @Override
        OptionalLong epoch(OptionalLong epoch) {
            return OptionalLong.empty();
        }
    },

    /// Says that it has refused what it has kept.
    DENIES_A_WRITE {
        @Override
        Store store(Store store) {
            return new AlteredStore(store, Defect::denied, watch -> watch);
        }
    },

    /// Does not tell everything to those who watch.
    WATCH_SKIPS {
        @Override
        Store store(Store store) {
            return new AlteredStore(store, Store::commit, SkippingWatch::new);
        }
    },

    /// Never comes to rest.
    WRITES_FOREVER {
        @Override
        List<Controller> controllers(List<Controller> controllers, Resources resources) {
            var all = new ArrayList<>(controllers);
            all.add(new Restless(resources));
            return all;
        }
    },

    /// Leaves behind what has lost its owners.
    COLLECTOR_FORGETS {
        @Override
        List<Controller> controllers(List<Controller> controllers, Resources resources) {
            return controllers.stream()
                    .<Controller>map(
                            one -> one.name().contains("garbage") ? new Forgetful(one) : one)
                    .toList();
        }
    };

    Medium medium() {
        return new Medium();
    }

    Store store(Store store) {
        return store;
    }

    /// The epoch that controllers write in.
    OptionalLong epoch(OptionalLong epoch) {
        return epoch;
    }

    List<Controller> controllers(List<Controller> controllers, Resources resources) {
        return controllers;
    }

    private static Outcome denied(Store store, Commit commit) {
        var outcome = store.commit(commit);
        return outcome instanceof Outcome.Committed && store.state().revision() % 40 == 0
                ? new Outcome.Failed(commit.preconditions().getFirst(), 1)
                : outcome;
    }
}
