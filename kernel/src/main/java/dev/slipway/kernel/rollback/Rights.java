package dev.slipway.kernel.rollback;

import dev.slipway.kernel.model.ResourceKey;

/// What somebody who rolls back may do: the rights to make each of its writes.
@FunctionalInterface
public interface Rights {
    /// Throws a problem where a verb (`create`, `update`, `delete`) on an object is not allowed.
    void check(String verb, ResourceKey key);
}
