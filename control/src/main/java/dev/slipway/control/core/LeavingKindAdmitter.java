package dev.slipway.control.core;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.StoredObject;

/// Lets nothing new be made of a kind whose definition is on its way out: it would be left behind without a kind.
final class LeavingKindAdmitter implements Admitter {
    @Override
    public boolean concerns(KindKey kind) {
        return kind.cluster().isEmpty();
    }

    /// What is read here is checked again at the commit, because a write to a custom kind relies on its definition.
    @Override
    public Verdict admit(Admission admission) {
        var kind = admission.served().kind();
        var definition = KindsView.CRDS.resource("", kind.key().groupResource());
        var leaving =
                admission.operation() == Operation.CREATE
                        && kind.isCustom()
                        && admission.state().get(definition).filter(this::isLeaving).isPresent();
        return leaving
                ? new Verdict.Refused(
                        Problem.forbidden(
                                kind.key()
                                        .resource(
                                                admission.object().namespace(),
                                                admission.object().name()),
                                "create not allowed while custom resource definition is terminating"))
                : Verdict.admitted(admission.object());
    }

    private boolean isLeaving(StoredObject definition) {
        return !definition.field("metadata.deletionTimestamp").isEmpty();
    }
}
