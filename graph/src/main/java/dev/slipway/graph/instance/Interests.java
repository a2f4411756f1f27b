package dev.slipway.graph.instance;

import dev.slipway.kernel.model.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which instances look at which resources, made or merely awaited, so that each change wakes whom it concerns.
///
/// Built by the passes themselves, the first of which run at the start of the process. Safe to use from any thread.
final class Interests {
    private final Map<ResourceKey, Set<ResourceKey>> byInstance = new HashMap<>();
    private final Map<ResourceKey, Set<ResourceKey>> byResource = new HashMap<>();

    /// The instances that look at a resource.
    synchronized Collection<ResourceKey> in(ResourceKey resource) {
        return Set.copyOf(byResource.getOrDefault(resource, Set.of()));
    }

    /// The resources that an instance looks at.
    synchronized Set<ResourceKey> of(ResourceKey instance) {
        return Set.copyOf(byInstance.getOrDefault(instance, Set.of()));
    }

    /// An instance looks at one more resource, from before it reads it.
    synchronized void add(ResourceKey instance, ResourceKey resource) {
        if (byInstance.computeIfAbsent(instance, _ -> new HashSet<>()).add(resource)) {
            byResource.computeIfAbsent(resource, _ -> new HashSet<>()).add(instance);
        }
    }

    /// An instance no longer looks at anything but these.
    synchronized void retain(ResourceKey instance, Set<ResourceKey> resources) {
        for (var resource : Set.copyOf(byInstance.getOrDefault(instance, Set.of()))) {
            if (!resources.contains(resource)) {
                remove(instance, resource);
            }
        }
    }

    private void remove(ResourceKey instance, ResourceKey resource) {
        drop(byInstance, instance, resource);
        drop(byResource, resource, instance);
    }

    private static void drop(
            Map<ResourceKey, Set<ResourceKey>> map, ResourceKey key, ResourceKey value) {
        var values = map.get(key);
        if (values != null && values.remove(value) && values.isEmpty()) {
            map.remove(key);
        }
    }
}
