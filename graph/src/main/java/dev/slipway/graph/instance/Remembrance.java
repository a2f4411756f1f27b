package dev.slipway.graph.instance;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;

/// What an instance remembers of what it made, which nobody but its controller changes.
public final class Remembrance {
    private Remembrance() {}

    /// A new form of an instance with the memory of the old one; other resources are left as they are.
    public static Resource kept(Resource old, Resource now) {
        var before = old.annotation(Inventory.ANNOTATION);
        return before.isEmpty() || before.equals(now.annotation(Inventory.ANNOTATION))
                ? now
                : with(before.get(), now);
    }

    private static Resource with(String inventory, Resource now) {
        var copy = now.copy();
        Json.child(Json.child(copy.tree(), "metadata"), "annotations")
                .put(Inventory.ANNOTATION, inventory);
        return copy;
    }
}
