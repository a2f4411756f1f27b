package dev.slipway.graph.instance;

import dev.slipway.graph.compile.Compiled;
import dev.slipway.graph.definition.Pin;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a pass saw that left nothing to do: as long as all of it is still so, another pass would find nothing either.
///
/// @param pin the revision of the definition that the instance asked for
/// @param revisions those of the instance and of all its resources
/// @param selected what selectors found
record Rest(
        Compiled compiled,
        Pin pin,
        Map<ResourceKey, Long> revisions,
        Map<Interests.Selection, Set<ResourceKey>> selected) {
    Rest {
        revisions = Map.copyOf(revisions);
        selected = Map.copyOf(selected);
    }

    /// After a pass that found or made everything right; none where somebody else changed the instance meanwhile.
    ///
    /// @param before the instance that the pass was about
    /// @param after the same with its status
    /// @param resources the revisions of its resources
    /// @param selected what selectors found
    static Optional<Rest> after(
            Compiled compiled,
            ResourceKey key,
            Resource before,
            Resource after,
            Map<ResourceKey, Long> resources,
            Map<Interests.Selection, Set<ResourceKey>> selected) {
        if (!essence(before).equals(essence(after))) {
            return Optional.empty();
        }
        Map<ResourceKey, Long> revisions = new HashMap<>(resources);
        revisions.put(key, Long.valueOf(after.resourceVersion()));
        return Optional.of(new Rest(compiled, Pin.of(after), revisions, selected));
    }

    /// All but the status and what every write changes.
    private static Map<String, Object> essence(Resource instance) {
        var tree = new LinkedHashMap<>(instance.tree());
        tree.remove("status");
        var metadata = new LinkedHashMap<>(instance.metadata());
        metadata.keySet().removeAll(List.of("resourceVersion", "managedFields"));
        tree.put("metadata", metadata);
        return tree;
    }

    /// Whether nothing has changed. Definitions are compiled anew when they or the kinds that they use change: identity
    /// tells.
    @SuppressWarnings("ReferenceEquality")
    boolean goesOn(Compiled now, State state) {
        return compiled == now
                && revisions.entrySet().stream()
                        .allMatch(seen ->
                                state.get(seen.getKey())
                                        .filter(live -> live.revision() == seen.getValue())
                                        .isPresent())
                && selected.entrySet().stream()
                        .allMatch(found -> finds(found.getKey(), state).equals(found.getValue()));
    }

    private static Set<ResourceKey> finds(Interests.Selection selection, State state) {
        return selection.in(state).stream().map(StoredObject::key).collect(Collectors.toSet());
    }
}
