package dev.slipway.kernel.rollback;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Packed;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Term;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An object and its children, as they come to be known: by owner references, and by the inventory that graphs keep.
final class Family {
    private static final String INVENTORY = "slipway.dev/inventory";

    private final Set<String> uids = new HashSet<>();
    private final Set<ResourceKey> inventory = new HashSet<>();

    /// Takes in an object at any of its revisions.
    void add(StoredObject object) {
        uids.add(object.field("metadata.uid"));
        object.resource().annotation(INVENTORY).ifPresent(this::addAll);
    }

    /// Takes in all that descends from it now.
    void addDescendants(State state) {
        var found = true;
        while (found) {
            found = false;
            for (var uid : List.copyOf(uids)) {
                for (var kind : state.kinds()) {
                    for (var child : state.list(kind, new Term.OwnedBy(uid))) {
                        found |= uids.add(child.field("metadata.uid"));
                    }
                }
            }
        }
    }

    /// Whether an object is one of the children.
    boolean holds(StoredObject object) {
        return inventory.contains(object.key())
                || object.owners().stream().anyMatch(uids::contains);
    }

    private void addAll(String text) {
        try {
            var read = Packed.read(text).getBytes(StandardCharsets.UTF_8);
            if (Json.read(read) instanceof List<?> entries) {
                entries.stream()
                        .filter(Map.class::isInstance)
                        .map(entry -> Json.cast((Map<?, ?>) entry))
                        .filter(entry -> !Json.string(entry, "name").isEmpty())
                        .forEach(entry -> inventory.add(key(entry)));
            }
        } catch (MalformedException e) {
            // Children are then known by their owner references alone.
            return;
        }
    }

    private static ResourceKey key(Map<String, Object> entry) {
        var apiVersion = Json.string(entry, "apiVersion");
        var slash = apiVersion.indexOf('/');
        return KindKey.of(
                        slash < 0 ? "" : apiVersion.substring(0, slash),
                        Json.string(entry, "plural"))
                .resource(Json.string(entry, "namespace"), Json.string(entry, "name"));
    }
}
