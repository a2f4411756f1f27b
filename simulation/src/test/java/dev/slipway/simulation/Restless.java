package dev.slipway.simulation;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.State;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// A controller that answers each change of a namespace with another.
record Restless(Resources resources) implements Controller {
    private static final KindKey NAMESPACES = KindKey.of("", "namespaces");

    @Override
    public String name() {
        return "restless";
    }

    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        return occurrence.key().kind().equals(NAMESPACES) ? List.of(occurrence.key()) : List.of();
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return List.of();
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var served = resources.kinds().byKey(NAMESPACES).map(Served::stored).orElseThrow();
        var labels = Map.<String, Object>of("seen", "at-" + resources.state().revision());
        resources.patch(
                served,
                "",
                key.name(),
                "",
                new Patch.Merge(Map.of("metadata", Map.of("labels", labels))),
                WriteOptions.controller(name(), waking.causes()));
        return Next.DONE;
    }
}
