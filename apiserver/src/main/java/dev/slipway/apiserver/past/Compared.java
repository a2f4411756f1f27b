package dev.slipway.apiserver.past;

import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.StoredObject;
import java.util.Optional;

/// An object at two moments.
public record Compared(
        ResourceKey key, Optional<StoredObject> before, Optional<StoredObject> after) {
    /// Whether the object was written in between.
    public boolean differs() {
        return !before.map(StoredObject::revision).equals(after.map(StoredObject::revision));
    }

    /// `created`, `deleted` or `changed`.
    String operation() {
        return before.isEmpty() ? "created" : after.isEmpty() ? "deleted" : "changed";
    }
}
