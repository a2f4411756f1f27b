package dev.slipway.control.access;

import dev.slipway.kernel.access.PolicyRule;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.access.RoleKinds;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.StoredObject;
import java.util.Optional;
import java.util.Set;

/// Lets nobody give a role to anybody that allows more than they may themselves, unless they may bind it.
final class BindingAdmitter implements Admitter {
    private static final Set<KindKey> BINDINGS =
            Set.of(RoleKinds.ROLE_BINDINGS, RoleKinds.CLUSTER_ROLE_BINDINGS);

    private final Rbac rbac;

    BindingAdmitter(Rbac rbac) {
        this.rbac = rbac;
    }

    @Override
    public boolean concerns(KindKey kind) {
        return BINDINGS.contains(kind);
    }

    @Override
    public Verdict admit(Admission admission) {
        var binding = admission.object();
        if (admission.operation() == Operation.DELETE || Untouched.by(admission)) {
            return Verdict.admitted(binding);
        }
        var key = admission.served().kind().key().resource(binding.namespace(), binding.name());
        var role = role(binding);
        return admission
                .user()
                .filter(user -> !user.isMaster())
                .filter(user -> !mayBind(user, binding, role))
                .map(user -> checked(user, admission, key, role))
                .orElseGet(() -> Verdict.admitted(binding));
    }

    private static ResourceKey role(Resource binding) {
        return RoleKinds.roleOf(binding);
    }

    private boolean mayBind(User user, Resource binding, ResourceKey role) {
        var wish =
                new Wish.OnResource(
                        "bind", RoleKinds.GROUP, role.plural(), binding.namespace(), role.name());
        return rbac.decide(user, wish).allowed();
    }

    private Verdict checked(User user, Admission admission, ResourceKey key, ResourceKey role) {
        Optional<StoredObject> found = admission.state().get(role);
        if (found.isEmpty()) {
            return new Verdict.Refused(
                    Problem.notFound(key.kind().resource(key.namespace(), role.name())));
        }
        var rules = PolicyRule.of(found.get().resource());
        var lacking = rbac.lacking(user, key.namespace(), rules);
        return lacking.isEmpty()
                ? Verdict.admitted(admission.object())
                : new Verdict.Refused(Escalation.refused(key, user, lacking));
    }
}
