package dev.slipway.catalog;

import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.relations.Related;
import dev.slipway.kernel.relations.RelationsView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A world in which nothing refers to anything.
enum NoRelations implements RelationsView {
    NONE;

    @Override
    public List<Related> of(ResourceKey key) {
        return List.of();
    }

    @Override
    public List<Related> dangling(ResourceKey key) {
        return List.of();
    }

    @Override
    public Set<ResourceKey> sources(ResourceKey key) {
        return Set.of();
    }

    @Override
    public Optional<ResourceKey> twin(ResourceKey key) {
        return Optional.empty();
    }

    @Override
    public long revision() {
        return 0;
    }
}
