package dev.slipway.control.policy;

import dev.slipway.control.Feature;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.model.KindKey;
import java.util.List;

/// The feature that lets policies refuse writes: where it is switched off, policies are kept and ask nothing.
public final class Policies implements Feature {
    static final String GROUP = "admissionregistration.k8s.io";
    static final KindKey POLICIES = KindKey.of(GROUP, "validatingadmissionpolicies");
    static final KindKey BINDINGS = KindKey.of(GROUP, "validatingadmissionpolicybindings");

    private final Rbac rbac;

    /// @param rbac answers what policies ask of the variable `authorizer`
    public Policies(Rbac rbac) {
        this.rbac = rbac;
    }

    @Override
    public String name() {
        return "policy";
    }

    @Override
    public List<Admitter> admitters() {
        return List.of(new PolicyAdmitter(), new BindingAdmitter(), new PolicyJudge(rbac));
    }
}
