package dev.slipway.graph;

import dev.slipway.graph.instance.Orphaning;
import dev.slipway.graph.instance.Remembrance;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Operation;

/// Keeps what is noted on an instance for its end: the list of what it made, which an older copy that somebody writes
/// back does not have as it is now; and that its resources shall outlive it, when the garbage collector, done with its
/// own part, takes the finalizer away that said so.
final class OrphanAdmitter implements Admitter {
    /// Every kind of others may be that of instances; which objects are is seen by their finalizers.
    @Override
    public boolean concerns(KindKey kind) {
        return kind.group().contains(".");
    }

    @Override
    public Verdict admit(Admission admission) {
        return Verdict.admitted(
                admission.operation() == Operation.UPDATE
                        ? admission
                                .old()
                                .map(old -> kept(old, admission))
                                .orElse(admission.object())
                        : admission.object());
    }

    private static Resource kept(Resource old, Admission admission) {
        var object =
                admission.user().isPresent()
                        ? Remembrance.kept(old, admission.object())
                        : admission.object();
        return Orphaning.isAsked(old) ? Orphaning.noted(object) : object;
    }
}
