package dev.slipway.apiserver.past;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.StoredObject;
import java.util.List;
import java.util.Optional;

/// An object at two moments.
///
/// @param destroyed the deletion with which the content of one of the two was destroyed; then no more is compared than
///     what is known for sure
public record Compared(
        ResourceKey key,
        Optional<StoredObject> before,
        Optional<StoredObject> after,
        Optional<Revision> destroyed) {
    private static final List<String> TYPE = List.of("apiVersion", "kind", "metadata");
    private static final List<String> NAMES = List.of("name", "namespace", "uid");

    /// Whether the object was written in between.
    public boolean differs() {
        return !before.map(StoredObject::revision).equals(after.map(StoredObject::revision));
    }

    /// The first of the two, as far as both can be compared.
    public Optional<StoredObject> knownBefore() {
        return before.map(this::known);
    }

    /// The second of the two, as far as both can be compared.
    public Optional<StoredObject> knownAfter() {
        return after.map(this::known);
    }

    /// `created`, `deleted` or `changed`.
    String operation() {
        return before.isEmpty() ? "created" : after.isEmpty() ? "deleted" : "changed";
    }

    private StoredObject known(StoredObject object) {
        if (destroyed.isEmpty()) {
            return object;
        }
        var tree = Json.readObject(object.body());
        tree.keySet().retainAll(TYPE);
        Json.child(tree, "metadata").keySet().retainAll(NAMES);
        return new StoredObject(key, object.revision(), Json.write(tree));
    }
}
