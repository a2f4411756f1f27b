package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A state of the past, some of which may have been destroyed since.
record PastState(StateView view, Map<ResourceKey, Revision> destroyed) implements State {
    PastState {
        destroyed = Map.copyOf(destroyed);
    }

    @Override
    public long revision() {
        return view.revision();
    }

    @Override
    public Optional<StoredObject> get(ResourceKey key) {
        return view.get(key);
    }

    @Override
    public long bytes() {
        return view.bytes();
    }

    @Override
    public Listing list(KindKey kind) {
        return view.list(kind);
    }

    @Override
    public Listing list(KindKey kind, String namespace) {
        return view.list(kind, namespace);
    }

    @Override
    public Listing list(KindKey kind, Term term) {
        return view.list(kind, term);
    }

    @Override
    public int count(KindKey kind) {
        return view.count(kind);
    }

    @Override
    public Set<KindKey> kinds() {
        return view.kinds();
    }

    @Override
    public State with(Change change) {
        return view.with(change);
    }
}
