package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.util.Objects;

/// One resource of a commit, before it has a revision.
///
/// @param body the object as compact JSON with `apiVersion`, `kind` and a non-empty `metadata` as its first three
///     keys and without `metadata.resourceVersion`, which the store adds on the way out; for a deletion the last
///     state, as watchers get it
/// @param confidential whether the body is sealed where it is stored; that of a deletion never is, and so must hold
///     nothing confidential
public record Change(
        ResourceKey key, Operation operation, String uid, byte[] body, boolean confidential) {
    public Change {
        Objects.requireNonNull(key);
        Objects.requireNonNull(operation);
        Objects.requireNonNull(uid);
        Objects.requireNonNull(body);
    }

    /// A change of what anybody may read who reads the disk.
    public Change(ResourceKey key, Operation operation, String uid, byte[] body) {
        this(key, operation, uid, body, false);
    }

    /// How it is stored.
    Seal seal() {
        return confidential && operation != Operation.DELETE ? Seal.SEALED : Seal.OPEN;
    }
}
