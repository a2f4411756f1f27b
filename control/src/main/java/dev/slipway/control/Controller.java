package dev.slipway.control;

import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.State;
import java.util.Collection;

/// Makes the world match the spec of one resource at a time: level-triggered, idempotent, without state of its own.
public interface Controller {
    /// Its name in logs, metrics and field managers: `slipway-graph`.
    String name();

    /// The keys that an event concerns. Called for every event of the log, in order, on one thread: cheap, and without
    /// a look at anything but the event.
    Collection<ResourceKey> concerns(Occurrence occurrence);

    /// The keys to look at when the process starts.
    Collection<ResourceKey> all(State state);

    /// Looks at a key and writes what differs. Never runs twice at once for the same key; what it throws is retried
    /// with back-off and hurts no other key.
    Next reconcile(ResourceKey key, Waking waking);
}
