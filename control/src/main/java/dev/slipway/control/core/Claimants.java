package dev.slipway.control.core;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The CRDs of a group, with nothing but what matters to the others: their age, their names, and whether they have them.
/// They may be large and many, so each is read only once as long as it stays the same. Safe to use from any thread.
final class Claimants {
    private record Known(long revision, Resource crd) {}

    private final Map<ResourceKey, Known> known = new ConcurrentHashMap<>();

    List<Resource> of(State state, String group) {
        return state.list(KindsView.CRDS).stream()
                .filter(crd -> CrdController.group(crd.key()).equals(group))
                .map(this::known)
                .toList();
    }

    /// Those that want names which they do not have.
    List<ResourceKey> waiting(State state, String group) {
        return of(state, group).stream()
                .filter(Claimants::waits)
                .map(crd -> KindsView.CRDS.resource("", crd.name()))
                .toList();
    }

    void forget(ResourceKey crd) {
        known.remove(crd);
    }

    private Resource known(StoredObject crd) {
        return known.compute(
                        crd.key(),
                        (_, last) ->
                                last != null && last.revision() == crd.revision()
                                        ? last
                                        : new Known(crd.revision(), read(crd.resource())))
                .crd();
    }

    private static Resource read(Resource crd) {
        return new Resource(
                map(
                        "metadata",
                        part(crd.metadata(), "name", "creationTimestamp"),
                        "spec",
                        part(crd.spec(), "names"),
                        "status",
                        part(crd.status(), "acceptedNames", "conditions")));
    }

    /// Whether somebody else has a name that it wants; one that nobody has looked at yet is looked at anyway.
    private static boolean waits(Resource crd) {
        return Json.list(crd.status(), "conditions").stream()
                .anyMatch(one ->
                        "NamesAccepted".equals(Json.at(one, "type"))
                                && "False".equals(Json.at(one, "status")));
    }

    private static Map<String, Object> part(Map<String, Object> tree, String... keys) {
        Map<String, Object> part = new LinkedHashMap<>();
        for (var key : keys) {
            if (tree.containsKey(key)) {
                Json.put(part, key, tree.get(key));
            }
        }
        return part;
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }
}
