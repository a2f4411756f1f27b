package dev.slipway.graph;

import dev.slipway.graph.instance.Orphaning;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.store.Operation;

/// Notes on an instance that its resources shall outlive it, when the garbage collector, done with its own part, takes
/// the finalizer away that said so.
final class OrphanAdmitter implements Admitter {
    /// Every kind of others may be that of instances; which objects are is seen by their finalizers.
    @Override
    public boolean concerns(KindKey kind) {
        return kind.group().contains(".");
    }

    @Override
    public Verdict admit(Admission admission) {
        var object = admission.object();
        return Verdict.admitted(
                admission.operation() == Operation.UPDATE
                                && admission.old().filter(Orphaning::isAsked).isPresent()
                        ? Orphaning.noted(object)
                        : object);
    }
}
