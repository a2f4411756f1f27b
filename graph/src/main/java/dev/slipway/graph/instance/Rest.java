package dev.slipway.graph.instance;

import dev.slipway.graph.compile.Compiled;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.State;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a pass saw that left nothing to do: as long as all of it is still so, another pass would find nothing either.
///
/// @param revisions those of the instance and of all its resources
record Rest(Compiled compiled, Map<ResourceKey, Long> revisions) {
    Rest {
        revisions = Map.copyOf(revisions);
    }

    /// After a pass that found or made everything right; none where somebody else changed the instance meanwhile.
    ///
    /// @param before the instance that the pass was about
    /// @param after the same with its status
    /// @param resources the revisions of its resources
    static Optional<Rest> after(
            Compiled compiled,
            ResourceKey key,
            Resource before,
            Resource after,
            Map<ResourceKey, Long> resources) {
        if (!essence(before).equals(essence(after))) {
            return Optional.empty();
        }
        Map<ResourceKey, Long> revisions = new HashMap<>(resources);
        revisions.put(key, Long.valueOf(after.resourceVersion()));
        return Optional.of(new Rest(compiled, revisions));
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
                                        .isPresent());
    }
}
