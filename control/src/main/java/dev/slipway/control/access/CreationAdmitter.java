package dev.slipway.control.access;

import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.store.Operation;

/// Lets nobody create who may only update or patch: an apply or a replacement of what is not there creates it.
final class CreationAdmitter implements Admitter {
    private final Rbac rbac;

    CreationAdmitter(Rbac rbac) {
        this.rbac = rbac;
    }

    @Override
    public boolean concerns(KindKey kind) {
        return kind.cluster().isEmpty();
    }

    @Override
    public Verdict admit(Admission admission) {
        if (admission.operation() != Operation.CREATE) {
            return Verdict.admitted(admission.object());
        }
        return admission
                .user()
                .filter(user -> !user.isMaster())
                .map(user -> checked(user, admission))
                .orElseGet(() -> Verdict.admitted(admission.object()));
    }

    private Verdict checked(User user, Admission admission) {
        var kind = admission.served().kind();
        var object = admission.object();
        var wish =
                new Wish.OnResource(
                        "create",
                        kind.group(),
                        kind.names().plural(),
                        object.namespace(),
                        object.name());
        return switch (rbac.decide(user, wish)) {
            case Decision.Allowed _ -> Verdict.admitted(object);
            case Decision.Refused(var reason) -> new Verdict.Refused(wish.refused(user, reason));
        };
    }
}
