package dev.slipway.kernel.plan;

import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.StoredObject;
import java.util.Optional;

/// What would become of one object.
///
/// @param before empty where it is not there
/// @param after empty where it would be gone
/// @param asked whether a proposal itself writes it
public record Effect(
        ResourceKey key,
        Optional<StoredObject> before,
        Optional<StoredObject> after,
        boolean asked) {
    /// What it comes down to.
    public enum Kind {
        CREATED,
        CHANGED,
        /// Deleted, and made anew under the same name.
        REPLACED,
        DELETED
    }

    /// Something that waits for a finalizer counts as deleted: it goes as soon as whoever holds it lets go.
    public Kind kind() {
        if (after.isEmpty() || isGoing()) {
            return Kind.DELETED;
        }
        if (before.isEmpty()) {
            return Kind.CREATED;
        }
        return before.get().resource().uid().equals(after.get().resource().uid())
                ? Kind.CHANGED
                : Kind.REPLACED;
    }

    private boolean isGoing() {
        return after.filter(one -> one.resource().terminating()).isPresent()
                && before.filter(one -> one.resource().terminating()).isEmpty();
    }
}
