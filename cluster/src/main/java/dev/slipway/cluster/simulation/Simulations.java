package dev.slipway.cluster.simulation;

import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Listing;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.util.Comparator;
import java.util.Optional;

/// Which cluster plays now: the oldest simulated one. Read anew only when a cluster changed; safe to use from any thread.
public final class Simulations {
    private static final Comparator<Resource> OLDEST =
            Comparator.<Resource, String>comparing(
                            one -> String.valueOf(one.metadata().get("creationTimestamp")))
                    .thenComparing(Resource::name);

    private record Known(Listing listing, Optional<Simulation> simulation) {}

    private volatile Known known = new Known(Listing.EMPTY, Optional.empty());

    /// The simulation that is played.
    public Optional<Simulation> current(State state) {
        var listing = state.list(ClusterKinds.CLUSTERS);
        var last = known;
        if (!last.listing().isSame(listing)) {
            last = new Known(listing, playing(state).map(Simulation::of));
            known = last;
        }
        return last.simulation();
    }

    /// The cluster that plays.
    public static Optional<Resource> playing(State state) {
        return state.list(ClusterKinds.CLUSTERS).stream()
                .map(StoredObject::resource)
                .filter(one -> Simulation.isSimulated(one) && !one.terminating())
                .min(OLDEST);
    }
}
