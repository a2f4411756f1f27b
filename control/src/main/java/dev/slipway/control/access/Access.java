package dev.slipway.control.access;

import dev.slipway.control.Controller;
import dev.slipway.control.Feature;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.resources.Resources;
import java.util.List;

/// The feature that bounds what people and programs may do: it cannot be switched off.
public final class Access implements Feature {
    private final Rbac rbac;
    private final String authority;

    /// @param authority the certificate that clients check the server's against, as text: each namespace gets it
    public Access(Rbac rbac, String authority) {
        this.rbac = rbac;
        this.authority = authority;
    }

    @Override
    public String name() {
        return "access";
    }

    @Override
    public List<Admitter> admitters() {
        return List.of(
                new CreationAdmitter(rbac), new RoleAdmitter(rbac), new BindingAdmitter(rbac));
    }

    @Override
    public List<Controller> controllers(Resources resources) {
        return List.of(
                new DefaultRolesController(resources),
                new AggregationController(resources),
                new AccountController(resources, authority));
    }
}
