package dev.slipway.cluster.workload;

import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Objects as workloads make them.
public final class Made {
    private Made() {}

    /// A pod from a template, owned by what it is made for; the API gives it a name.
    public static Map<String, Object> pod(Resource owner, Map<String, Object> template) {
        return from(owner, template, Tree.of("generateName", owner.name() + "-"));
    }

    /// A pod from a template with a name.
    public static Map<String, Object> pod(
            Resource owner, Map<String, Object> template, String name) {
        return from(owner, template, Tree.of("name", name));
    }

    private static Map<String, Object> from(
            Resource owner, Map<String, Object> template, Map<String, Object> metadata) {
        var given = Json.object(template, "metadata");
        metadata.put("namespace", owner.namespace());
        for (var key : List.of("labels", "annotations", "finalizers")) {
            if (given.containsKey(key)) {
                metadata.put(key, Json.copy(given.get(key)));
            }
        }
        metadata.put("ownerReferences", owners(owner));
        return Tree.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                metadata,
                "spec",
                Json.copy(Json.object(template, "spec")));
    }

    /// The reference to the one that manages a new object.
    public static List<Object> owners(Resource owner) {
        return new ArrayList<>(List.of(OwnerReference.controller(owner).tree()));
    }

    /// A status to go on from: what others say in it stays.
    public static Map<String, Object> status(Resource object) {
        return new LinkedHashMap<>(object.status());
    }
}
