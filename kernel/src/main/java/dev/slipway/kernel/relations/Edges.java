package dev.slipway.kernel.relations;

import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.relations.Relation.Target;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The relations that exist, found from both ends, and the names that have capitals. Used under a lock.
///
/// Targets are found by name only, which does not change when kinds come and go; whoever asks looks closer.
final class Edges {
    private final Map<ResourceKey, List<Relation>> outgoing = new HashMap<>();
    private final Map<Name, Set<ResourceKey>> incoming = new HashMap<>();
    private final Map<ResourceKey, Set<ResourceKey>> capitals = new HashMap<>();

    /// What of a target never depends on the kinds that are served.
    private record Name(String kind, String name) {
        static Name of(Target target) {
            return new Name(Places.fold(target.kind()), Places.fold(target.name()));
        }
    }

    /// The resource exists and states these relations and no others.
    void put(ResourceKey key, List<Relation> relations) {
        remove(key);
        if (!relations.isEmpty()) {
            outgoing.put(key, List.copyOf(relations));
        }
        for (var relation : relations) {
            incoming.computeIfAbsent(Name.of(relation.target()), _ -> new LinkedHashSet<>())
                    .add(key);
        }
        var folded = folded(key);
        if (!folded.equals(key)) {
            capitals.computeIfAbsent(folded, _ -> new LinkedHashSet<>()).add(key);
        }
    }

    /// The resource is gone.
    void remove(ResourceKey key) {
        for (var relation : outgoing(key)) {
            drop(incoming, Name.of(relation.target()), key);
        }
        outgoing.remove(key);
        drop(capitals, folded(key), key);
    }

    void clear() {
        outgoing.clear();
        incoming.clear();
        capitals.clear();
    }

    /// What a resource states.
    List<Relation> outgoing(ResourceKey key) {
        return outgoing.getOrDefault(key, List.of());
    }

    /// Who may refer to a kind's resource of this name, whatever the namespace and the group.
    Set<ResourceKey> candidates(Target target) {
        return incoming.getOrDefault(Name.of(target), Set.of());
    }

    /// The existing resources with capitals in their names that differ from this one by case only, if at all.
    Set<ResourceKey> capitals(ResourceKey key) {
        return capitals.getOrDefault(folded(key), Set.of());
    }

    /// The key with its name in lower case.
    static ResourceKey folded(ResourceKey key) {
        var name = Places.fold(key.name());
        return name.equals(key.name()) ? key : key.kind().resource(key.namespace(), name);
    }

    private static <K> void drop(Map<K, Set<ResourceKey>> index, K at, ResourceKey key) {
        var keys = index.get(at);
        if (keys != null && keys.remove(key) && keys.isEmpty()) {
            index.remove(at);
        }
    }
}
