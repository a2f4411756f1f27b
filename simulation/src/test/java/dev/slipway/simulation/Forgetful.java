package dev.slipway.simulation;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import java.util.Collection;
import java.util.List;

/// A controller that does not care for deletions.
record Forgetful(Controller controller) implements Controller {
    @Override
    public String name() {
        return controller.name();
    }

    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        var concerned = controller.concerns(occurrence);
        return occurrence.operation() == Operation.DELETE ? List.of() : concerned;
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return controller.all(state);
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        return controller.reconcile(key, waking);
    }
}
