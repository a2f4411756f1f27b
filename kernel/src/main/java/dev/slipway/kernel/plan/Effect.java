package dev.slipway.kernel.plan;

import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.StoredObject;
import java.util.Optional;

/// What would become of one object.
///
/// @param before empty where it is not there
/// @param after empty where it would be gone
/// @param asked whether a proposal itself writes it
/// @param owner whose it was, where it would be gone without being asked for
public record Effect(
        ResourceKey key,
        Optional<StoredObject> before,
        Optional<StoredObject> after,
        boolean asked,
        Optional<Owner> owner) {
    /// What made a resource, or owns it.
    ///
    /// @param stays whether it would still be there
    public record Owner(String kind, String namespace, String name, boolean stays) {}

    /// What it comes down to.
    public enum Kind {
        CREATED,
        CHANGED,
        /// Deleted, and made anew under the same name.
        REPLACED,
        /// Deleted by a controller, because what made it wants it no longer.
        PRUNED,
        DELETED,
        /// As it is: being deleted already, and holding up what would go.
        TERMINATING
    }

    /// Something that waits for a finalizer counts as deleted: it goes as soon as whoever holds it lets go.
    public Kind kind() {
        if (isTerminating()) {
            return Kind.TERMINATING;
        }
        if (after.isEmpty() || isGoing()) {
            return owner.filter(Owner::stays).isPresent() ? Kind.PRUNED : Kind.DELETED;
        }
        if (before.isEmpty()) {
            return Kind.CREATED;
        }
        return before.get().resource().uid().equals(after.get().resource().uid())
                ? Kind.CHANGED
                : Kind.REPLACED;
    }

    /// Whether it waits for finalizers, and did not before.
    public boolean isGoing() {
        return after.filter(one -> one.resource().terminating()).isPresent()
                && before.filter(one -> one.resource().terminating()).isEmpty();
    }

    /// Whether it waits for finalizers as it did before, and nothing is written on it.
    private boolean isTerminating() {
        return before.isPresent()
                && after.filter(one -> one.revision() == before.get().revision())
                        .filter(one -> !one.field("metadata.deletionTimestamp").isEmpty())
                        .isPresent();
    }
}
