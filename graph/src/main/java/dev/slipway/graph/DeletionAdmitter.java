package dev.slipway.graph;

import dev.slipway.graph.compile.Definition;
import dev.slipway.graph.compile.DefinitionIndex;
import dev.slipway.graph.compile.Labels;
import dev.slipway.graph.definition.Ending;
import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.store.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Refuses that somebody deletes a definition with live instances and does not say what becomes of them.
///
/// Instances that go already count as gone, and controllers, which delete definitions on behalf of somebody who was
/// asked, are not asked again: there the definition waits for its last instance.
final class DeletionAdmitter implements Admitter {
    /// How many of the instances are named.
    private static final int NAMED = 5;

    private final Optional<Rbac> rbac;

    DeletionAdmitter(Optional<Rbac> rbac) {
        this.rbac = rbac;
    }

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(Definition.KIND);
    }

    @Override
    public Verdict admit(Admission admission) {
        var user = admission.user().filter(one -> one.name().equals(admission.actor()));
        if (user.isEmpty()) {
            return Verdict.admitted(admission.object());
        }
        var definition = new Definition(admission.object());
        return (switch (admission.operation()) {
                    case CREATE -> Optional.<Problem>empty();
                    case UPDATE -> changed(admission, user.get(), definition);
                    case DELETE ->
                            Ending.of(admission.object())
                                    .map(ending -> objection(user.get(), definition, ending))
                                    .orElseGet(() -> objection(definition, admission));
                })
                .<Verdict>map(Verdict.Refused::new)
                .orElseGet(() -> Verdict.admitted(admission.object()));
    }

    /// What is said of a definition that goes already is done at once.
    private Optional<Problem> changed(Admission admission, User user, Definition definition) {
        var before = admission.old().flatMap(Ending::of);
        return Ending.of(admission.object())
                .filter(_ -> admission.object().terminating())
                .filter(ending -> !before.equals(Optional.of(ending)))
                .flatMap(ending -> objection(user, definition, ending));
    }

    /// Who has instances deleted must be allowed to delete them.
    private Optional<Problem> objection(User user, Definition definition, Ending ending) {
        var kind = definition.instances();
        var wish = new Wish.OnResource("delete", kind.group(), kind.plural(), "", "");
        return ending != Ending.WAIT
                        && rbac.isPresent()
                        && rbac.get().decide(user, wish) instanceof Decision.Refused(var reason)
                ? Optional.of(wish.refused(user, reason))
                : Optional.empty();
    }

    private static Optional<Problem> objection(Definition definition, Admission admission) {
        var live = live(definition, admission);
        if (live.isEmpty()) {
            return Optional.empty();
        }
        var names =
                live.stream()
                        .limit(NAMED)
                        .map(one -> (one.key().namespace() + "/" + one.key().name()))
                        .collect(Collectors.joining(", "));
        return Optional.of(
                Problem.forbidden(
                        Definition.KIND.resource("", definition.name()),
                        "%d instances of %s are there: %s%s; delete them first, or say what becomes of them with the annotation %s (%s)"
                                .formatted(
                                        live.size(),
                                        definition.kind(),
                                        names,
                                        live.size() > NAMED ? ", …" : "",
                                        Ending.ANNOTATION,
                                        Ending.words())));
    }

    private static List<StoredObject> live(Definition definition, Admission admission) {
        var state = admission.state();
        var isServed =
                state.get(DefinitionIndex.crd(definition.instances()))
                        .filter(crd -> Labels.isKindOf(crd.resource(), definition.resource()))
                        .isPresent();
        return isServed
                ? state.list(definition.instances()).stream()
                        .filter(one -> one.field("metadata.deletionTimestamp").isEmpty())
                        .toList()
                : List.of();
    }
}
