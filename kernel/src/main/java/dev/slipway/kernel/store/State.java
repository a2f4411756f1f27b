package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything that exists at one revision: an immutable value, cheap to take and safe to share.
public interface State {
    /// The number of the newest revision that is part of it; 0 for an empty store.
    long revision();

    Optional<StoredObject> get(ResourceKey key);

    /// Every resource of a kind, by namespace and name; a view, not a copy.
    Listing list(KindKey kind);

    /// The resources of a kind in one namespace, by name; a view, not a copy.
    Listing list(KindKey kind, String namespace);

    /// The resources of a kind that have a term, by namespace and name; found by an index, which is made when one is
    /// first asked for.
    Listing list(KindKey kind, Term term);

    /// How many resources of a kind there are, without counting.
    int count(KindKey kind);

    /// How many bytes of memory the resources take, about.
    long bytes();

    /// The kinds that have resources.
    Set<KindKey> kinds();

    /// What was deleted after this revision and took its content along, by the deletion: of these resources no more is
    /// here than the deletion left. Empty for what exists now.
    default Map<ResourceKey, Revision> destroyed() {
        return Map.of();
    }

    /// What would be there if a change were stored next.
    State with(Change change);
}
