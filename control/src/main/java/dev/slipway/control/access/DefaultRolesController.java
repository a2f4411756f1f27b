package dev.slipway.control.access;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.access.RoleKinds;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.State;
import java.util.Collection;
import java.util.List;

/// Completes the roles that an installation begins with, once at each start and beside it: nobody has to wait for them
/// but those who hold them.
final class DefaultRolesController implements Controller {
    private static final List<ResourceKey> ALL = List.of(RoleKinds.CLUSTER_ROLES.resource("", "*"));

    private final Resources resources;

    DefaultRolesController(Resources resources) {
        this.resources = resources;
    }

    @Override
    public String name() {
        return "slipway-default-roles";
    }

    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        return List.of();
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return ALL;
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        DefaultRoles.reconcile(resources);
        return Next.DONE;
    }
}
