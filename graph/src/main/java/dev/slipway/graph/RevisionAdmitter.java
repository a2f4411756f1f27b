package dev.slipway.graph;

import dev.slipway.graph.compile.Compiled;
import dev.slipway.graph.compile.CompiledGraphs;
import dev.slipway.graph.compile.Definition;
import dev.slipway.graph.definition.Revision;
import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.store.Operation;
import java.util.List;
import java.util.Optional;

/// Lets nobody change what a definition once was, nor say that it was otherwise.
///
/// An instance that is pinned to a revision is made of what it says, within the rights of the definition's author: so
/// whoever makes a revision must be allowed to make the definition so.
final class RevisionAdmitter implements Admitter {
    private final CompiledGraphs graphs;
    private final Optional<Rbac> rbac;

    /// @param rbac the rights of those who make revisions; empty where nobody's are known
    RevisionAdmitter(CompiledGraphs graphs, Optional<Rbac> rbac) {
        this.graphs = graphs;
        this.rbac = rbac;
    }

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(Revision.KIND);
    }

    @Override
    public Verdict admit(Admission admission) {
        return admission.operation() == Operation.CREATE
                ? forged(admission)
                        .<Verdict>map(Verdict.Refused::new)
                        .orElseGet(() -> Verdict.admitted(admission.object()))
                : immutable(admission);
    }

    /// Why somebody may not say that a definition once was so; the platform itself may.
    private Optional<Problem> forged(Admission admission) {
        if (rbac.isEmpty() || admission.user().isEmpty()) {
            return Optional.empty();
        }
        var user = admission.user().get();
        var definition = new Revision(admission.object()).definition();
        var kind = Definition.KIND;
        var wish =
                new Wish.OnResource("update", kind.group(), kind.plural(), "", definition.name());
        if (rbac.get().decide(user, wish) instanceof Decision.Refused(var reason)) {
            return Optional.of(wish.refused(user, reason));
        }
        var rights = new AuthorRights(rbac.get());
        return graphs.draft(definition, admission.kinds()) instanceof Compiled.Accepted(var graph)
                ? rights.objection(user, graph)
                : rights.objection(user, definition);
    }

    private static Verdict immutable(Admission admission) {
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
