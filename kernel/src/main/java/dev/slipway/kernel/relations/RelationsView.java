package dev.slipway.kernel.relations;

import dev.slipway.kernel.model.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How every resource refers to others: a view of the log. May be asked from any thread.
///
/// Each answer takes in everything that was acknowledged before the question.
public interface RelationsView {
    /// Every relation of a resource in both directions, each once, by type and target; also of one that is gone.
    List<Related> of(ResourceKey key);

    /// The relations that a resource states itself and whose target does not exist.
    List<Related> dangling(ResourceKey key);

    /// The resources that refer to a resource, whether or not it exists.
    Set<ResourceKey> sources(ResourceKey key);

    /// An existing resource of the same kind and place whose name differs by case only.
    Optional<ResourceKey> twin(ResourceKey key);

    /// The revision that the view has reached.
    long revision();
}
