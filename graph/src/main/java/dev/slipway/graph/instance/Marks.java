package dev.slipway.graph.instance;

import dev.slipway.graph.compile.Definition;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an instance bears so that nothing that it makes is forgotten: finalizer, labels, and the inventory.
final class Marks {
    /// Holds an instance until its resources are gone.
    static final String FINALIZER = "kro.run/finalizer";

    private Marks() {}

    /// What has to change in the metadata of an instance for it to bear them; a null takes away.
    static Map<String, @Nullable Object> changes(
            Resource instance, Definition definition, Inventory inventory) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        if (!instance.finalizers().contains(FINALIZER)) {
            var finalizers = new ArrayList<Object>(instance.finalizers());
            finalizers.add(FINALIZER);
            metadata.put("finalizers", finalizers);
        }
        put(metadata, "labels", instance.labels(), Ownership.instanceLabels(instance, definition));
        put(metadata, "annotations", instance.annotations(), annotations(instance, inventory));
        return metadata;
    }

    private static Map<String, String> annotations(Resource instance, Inventory inventory) {
        var annotations = new LinkedHashMap<>(ApplySet.annotations(instance, inventory));
        annotations.put(Inventory.ANNOTATION, inventory.text());
        return annotations;
    }

    /// Puts those of the wanted values that differ; an empty one is taken away.
    private static void put(
            Map<String, @Nullable Object> metadata,
            String field,
            Map<String, Object> live,
            Map<String, String> wanted) {
        Map<String, Object> changed = new LinkedHashMap<>();
        wanted.forEach((name, value) -> {
            var want = value.isEmpty() ? null : value;
            if (!Objects.equals(live.get(name), want)) {
                Json.put(changed, name, want);
            }
        });
        if (!changed.isEmpty()) {
            metadata.put(field, changed);
        }
    }
}
