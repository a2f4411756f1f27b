package dev.slipway.control.pod;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.State;
import java.util.Collection;
import java.util.List;

/// Makes the priority classes of the system where they are missing, once at each start and beside it: pods may name
/// them before they are there.
final class SystemPriorityController implements Controller {
    private static final WriteOptions OPTIONS =
            new WriteOptions(
                    new Attribution("slipway", List.of(), "start"),
                    "slipway",
                    false,
                    Strictness.STRICT);

    private final Resources resources;

    SystemPriorityController(Resources resources) {
        this.resources = resources;
    }

    @Override
    public String name() {
        return "slipway-system-priorities";
    }

    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        return List.of();
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return List.of(PriorityClassAdmitter.CLASSES.resource("", "*"));
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        if (SystemPriority.ALL.stream().anyMatch(one -> isMissing(resources.state(), one))) {
            resources.batch(
                    batch ->
                            SystemPriority.ALL.stream()
                                    .filter(one -> isMissing(batch.state(), one))
                                    .forEach(one -> batch.create(classes(), "", one.tree())),
                    OPTIONS);
        }
        return Next.DONE;
    }

    private static boolean isMissing(State state, SystemPriority priority) {
        return state.get(PriorityClassAdmitter.CLASSES.resource("", priority.name())).isEmpty();
    }

    private Served classes() {
        return resources
                .kinds()
                .byKey(PriorityClassAdmitter.CLASSES)
                .map(Served::stored)
                .orElseThrow(() -> new IllegalStateException("priority classes are not served"));
    }
}
