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
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.store.Operation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Lets nobody write into a role what they may not do themselves, unless they may escalate.
final class RoleAdmitter implements Admitter {
    private static final Set<KindKey> ROLES = Set.of(RoleKinds.ROLES, RoleKinds.CLUSTER_ROLES);

    /// What whoever lets a role collect the rules of others must hold: they may be anything some day.
    private static final List<PolicyRule> EVERYTHING =
            List.of(
                    new PolicyRule(List.of("*"), List.of("*"), List.of("*"), List.of(), List.of()),
                    new PolicyRule(List.of("*"), List.of(), List.of(), List.of(), List.of("*")));

    private final Rbac rbac;

    RoleAdmitter(Rbac rbac) {
        this.rbac = rbac;
    }

    @Override
    public boolean concerns(KindKey kind) {
        return ROLES.contains(kind);
    }

    @Override
    public Verdict admit(Admission admission) {
        var role = admission.object();
        if (admission.operation() == Operation.DELETE || Untouched.by(admission)) {
            return Verdict.admitted(role);
        }
        return admission
                .user()
                .filter(user -> !mayEscalate(user, admission))
                .map(user -> checked(user, admission))
                .orElseGet(() -> Verdict.admitted(role));
    }

    private boolean mayEscalate(User user, Admission admission) {
        var role = admission.object();
        var plural = admission.served().kind().names().plural();
        var wish =
                new Wish.OnResource(
                        "escalate", RoleKinds.GROUP, plural, role.namespace(), role.name());
        return rbac.decide(user, wish).allowed();
    }

    private Verdict checked(User user, Admission admission) {
        var role = admission.object();
        var key = admission.served().kind().key().resource(role.namespace(), role.name());
        if (collects(admission) && !rbac.lacking(user, "", EVERYTHING).isEmpty()) {
            return new Verdict.Refused(
                    Problem.forbidden(
                            key, "must have cluster-admin privileges to use an aggregationRule"));
        }
        var lacking = rbac.lacking(user, role.namespace(), PolicyRule.of(role));
        return lacking.isEmpty()
                ? Verdict.admitted(role)
                : new Verdict.Refused(Escalation.refused(key, user, lacking));
    }

    /// Whether the rules of others are collected, or were until now.
    private static boolean collects(Admission admission) {
        return Stream.concat(Stream.of(admission.object()), admission.old().stream())
                .anyMatch(role -> role.tree().get("aggregationRule") != null);
    }
}
