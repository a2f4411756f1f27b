package dev.slipway.kernel.access;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;

/// The kinds that say who may do what.
public final class RoleKinds {
    public static final String GROUP = "rbac.authorization.k8s.io";
    public static final KindKey CLUSTER_ROLES = KindKey.of(GROUP, "clusterroles");
    public static final KindKey ROLES = KindKey.of(GROUP, "roles");
    public static final KindKey CLUSTER_ROLE_BINDINGS = KindKey.of(GROUP, "clusterrolebindings");
    public static final KindKey ROLE_BINDINGS = KindKey.of(GROUP, "rolebindings");

    /// No path segment, and so no role's name.
    private static final String NOBODYS = "/";

    private RoleKinds() {}

    /// The role that a binding refers to. One that the binding names badly is there for nobody.
    public static ResourceKey roleOf(Resource binding) {
        var reference = Json.object(binding.tree(), "roleRef");
        var name = Json.string(reference, "name");
        var known = name.isEmpty() ? NOBODYS : name;
        return Json.string(reference, "kind").equals("Role")
                ? ROLES.resource(binding.namespace(), known)
                : CLUSTER_ROLES.resource("", known);
    }
}
