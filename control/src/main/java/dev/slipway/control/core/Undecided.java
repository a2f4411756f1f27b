package dev.slipway.control.core;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The resources with owners of kinds that are not served, by those kinds: whether the owners exist can only be told
/// once the kinds are served again. Safe to use from any thread.
final class Undecided {
    private final Map<List<String>, Set<ResourceKey>> byKind = new HashMap<>();

    synchronized void add(OwnerReference owner, ResourceKey dependent) {
        byKind.computeIfAbsent(
                        List.of(group(owner.apiVersion()), owner.kind()),
                        _ -> new LinkedHashSet<>())
                .add(dependent);
    }

    /// Those that waited for the kind of a definition; they wait no longer.
    synchronized List<ResourceKey> take(Resource crd) {
        var spec = crd.spec();
        var kind = Json.string(Json.object(spec, "names"), "kind");
        var waiting = byKind.remove(List.of(Json.string(spec, "group"), kind));
        return waiting == null ? List.of() : List.copyOf(waiting);
    }

    static String group(String apiVersion) {
        var slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
