package dev.slipway.graph;

import dev.slipway.graph.definition.Revision;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.store.Operation;
import java.util.List;

/// Lets nobody change what a definition once was.
final class RevisionAdmitter implements Admitter {
    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(Revision.KIND);
    }

    @Override
    public Verdict admit(Admission admission) {
        var object = admission.object();
        var changed =
                admission.operation() == Operation.UPDATE
                        && admission
                                .old()
                                .filter(old -> old.spec().equals(object.spec()))
                                .isEmpty();
        return Verdict.of(
                object,
                changed
                        ? List.of(
                                FieldCause.forbidden(
                                        "spec", "a revision is immutable: change the definition"))
                        : List.of());
    }
}
