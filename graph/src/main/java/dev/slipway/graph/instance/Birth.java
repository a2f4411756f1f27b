package dev.slipway.graph.instance;

import dev.slipway.graph.compile.Graph;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;

/// The marks that an instance bears from its first moment, so that its first pass begins with its resources.
///
/// What is not marked here is marked by the first pass.
public final class Birth {
    private Birth() {}

    /// A new instance with its marks; one that bears some already, or that nobody shall work on, is left as it is.
    public static Resource marked(Resource instance, Graph graph) {
        if (instance.finalizers().contains(Marks.FINALIZER)
                || instance.annotation(Inventory.ANNOTATION).isPresent()
                || InstanceController.isSuspended(instance)) {
            return instance;
        }
        Map<String, Object> data = Map.of("schema", Pass.schema(graph, instance));
        var foreseen = new Placement(graph, instance, data, new Allowance()).foreseen();
        var inventory = new Inventory(List.of()).with(foreseen);
        var changes = Marks.changes(instance, graph.definition(), inventory);
        var metadata = Json.child(instance.tree(), "metadata");
        changes.forEach((field, value) -> {
            if (value instanceof Map<?, ?> entries) {
                put(Json.child(metadata, field), Json.cast(entries));
            } else {
                Json.put(metadata, field, value);
            }
        });
        return instance;
    }

    private static void put(Map<String, Object> live, Map<String, Object> changed) {
        changed.forEach((name, value) -> {
            if (value == null) {
                live.remove(name);
            } else {
                live.put(name, value);
            }
        });
    }
}
