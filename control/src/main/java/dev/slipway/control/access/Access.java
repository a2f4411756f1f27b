package dev.slipway.control.access;

import dev.slipway.control.Controller;
import dev.slipway.control.Feature;
import dev.slipway.control.pod.Pods;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.resources.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The feature that bounds what people and programs may do: it cannot be switched off.
public final class Access implements Feature {
    private final Rbac rbac;
    private final String authority;
    private final Optional<Function<Resources, SecretTokens>> tokens;

    /// Without tokens in secrets.
    ///
    /// @param authority the certificate that clients check the server's against, as text: each namespace gets it
    public Access(Rbac rbac, String authority) {
        this(rbac, authority, Optional.empty());
    }

    /// @param tokens makes the tokens in secrets, once there are resources to make them from
    public Access(Rbac rbac, String authority, Function<Resources, SecretTokens> tokens) {
        this(rbac, authority, Optional.of(tokens));
    }

    private Access(
            Rbac rbac, String authority, Optional<Function<Resources, SecretTokens>> tokens) {
        this.rbac = rbac;
        this.authority = authority;
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return "access";
    }

    @Override
    public List<Admitter> admitters() {
        return List.of(
                new CreationAdmitter(rbac),
                new RoleAdmitter(rbac),
                new BindingAdmitter(rbac),
                new PodAdmitter());
    }

    @Override
    public List<Controller> controllers(Resources resources) {
        var controllers = new ArrayList<Controller>();
        controllers.add(new DefaultRolesController(resources));
        controllers.addAll(Pods.controllers(resources));
        controllers.add(new AggregationController(resources));
        controllers.add(new AccountController(resources, authority));
        tokens.map(maker -> maker.apply(resources))
                .map(maker -> new TokenSecretController(resources, authority, maker))
                .ifPresent(controllers::add);
        return List.copyOf(controllers);
    }
}
