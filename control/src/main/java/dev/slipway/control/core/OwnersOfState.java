package dev.slipway.control.core;

import dev.slipway.control.Occurrence;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Term;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Who owns what as the index of the state tells it when it is asked: for plans, which begin at rest with everything that
/// exists, and mostly have nobody's dependents to find. Used by one thread.
final class OwnersOfState implements Owners {
    private final Resources resources;
    private final Gone gone = new Gone();

    OwnersOfState(Resources resources) {
        this.resources = resources;
    }

    /// Nothing: what waits to go already is no part of a plan.
    @Override
    public Collection<ResourceKey> load(State state) {
        return List.of();
    }

    @Override
    public void fold(Occurrence occurrence) {
        if (occurrence.operation() == Operation.DELETE) {
            gone.add(occurrence.object().uid());
        }
    }

    @Override
    public List<ResourceKey> dependents(String uid) {
        return owned(uid).map(StoredObject::key).toList();
    }

    @Override
    public boolean gone(String uid) {
        return gone.contains(uid);
    }

    @Override
    public boolean owns(String owner, String owned) {
        var seen = new HashSet<String>(Set.of(owner));
        var next = new ArrayDeque<>(seen);
        while (!next.isEmpty() && seen.size() < MAX_CHAIN) {
            for (var below : owned(next.remove()).toList()) {
                var uid = below.field("metadata.uid");
                if (uid.equals(owned)) {
                    return true;
                }
                if (seen.add(uid)) {
                    next.add(uid);
                }
            }
        }
        return false;
    }

    private Stream<StoredObject> owned(String uid) {
        var state = resources.state();
        return state.kinds().stream()
                .flatMap(kind -> state.list(kind, new Term.OwnedBy(uid)).stream());
    }
}
