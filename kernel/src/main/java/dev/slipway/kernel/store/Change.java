package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.util.Objects;

/// One resource of a commit, before it has a revision.
///
/// @param body the object as compact JSON with `apiVersion`, `kind` and a non-empty `metadata` as its first three
///     keys and without `metadata.resourceVersion`, which the store adds on the way out; for a deletion the last
///     state, as watchers get it
public record Change(ResourceKey key, Operation operation, String uid, byte[] body) {
    public Change {
        Objects.requireNonNull(key);
        Objects.requireNonNull(operation);
        Objects.requireNonNull(uid);
        Objects.requireNonNull(body);
    }
}
