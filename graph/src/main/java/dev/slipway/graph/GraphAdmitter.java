package dev.slipway.graph;

import dev.slipway.graph.compile.Author;
import dev.slipway.graph.compile.BreakingChanges;
import dev.slipway.graph.compile.Compiled;
import dev.slipway.graph.compile.CompiledGraphs;
import dev.slipway.graph.compile.Definition;
import dev.slipway.graph.compile.DefinitionIndex;
import dev.slipway.graph.compile.Graph;
import dev.slipway.graph.compile.Labels;
import dev.slipway.graph.findings.Completion;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Precondition;
import dev.slipway.kernel.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Refuses definitions that do not compile, and tells what it completed in those that do.
///
/// A write that leaves the spec as it is passes unchecked, and tells at most who answers for it: a definition whose kinds went away can still be labelled
/// and deleted.
final class GraphAdmitter implements Admitter {
    private static final List<String> IMMUTABLE = List.of("apiVersion", "kind", "group", "scope");

    private final CompiledGraphs graphs;
    private final Optional<AuthorRights> rights;

    /// @param rights of authors; empty where nobody's are known
    GraphAdmitter(CompiledGraphs graphs, Optional<AuthorRights> rights) {
        this.graphs = graphs;
        this.rights = rights;
    }

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(Definition.KIND);
    }

    @Override
    public Verdict admit(Admission admission) {
        return admission.operation() == Operation.DELETE || !admission.subresource().isEmpty()
                ? Verdict.admitted(admission.object())
                : judged(admission.with(signed(admission)));
    }

    /// Who changes what a definition says is its author from then on.
    private static Resource signed(Admission admission) {
        return Author.noted(
                admission.object(),
                says(admission) ? admission.user() : Optional.empty(),
                says(admission) ? Optional.empty() : admission.old());
    }

    /// Whether the write is about the spec.
    private static boolean says(Admission admission) {
        return admission
                .old()
                .filter(old -> old.spec().equals(admission.object().spec()))
                .isEmpty();
    }

    private Verdict judged(Admission admission) {
        var object = admission.object();
        if (!says(admission)) {
            return Verdict.admitted(adopted(admission));
        }
        return switch (graphs.draft(OmittedNulls.restored(admission), admission.kinds())) {
            case Compiled.Accepted(var graph) -> {
                var causes = changed(admission);
                causes.addAll(GeneratedKind.objections(graph, admission));
                causes.addAll(breaking(admission, graph));
                var warnings = warnings(graph.completions());
                yield causes.isEmpty()
                        ? within(
                                asked(admission, one -> one.objection(author(admission), graph)),
                                new Verdict.Admitted(object, warnings, reliesOn(admission)))
                        : new Verdict.Invalid(causes, warnings(graph.completions()));
            }
            case Compiled.Rejected rejected when mayWait(rejected, admission) ->
                    waiting(rejected, admission);
            case Compiled.Rejected rejected -> {
                var causes = changed(admission);
                causes.addAll(rejected.causes());
                yield new Verdict.Invalid(causes, warnings(rejected.completions()));
            }
        };
    }

    /// A definition that nobody is known to have written is from then on whose who writes to it and holds what it makes.
    private Resource adopted(Admission admission) {
        var definition = new Definition(admission.object());
        var isOwn =
                admission.user().isPresent()
                        && rights.isPresent()
                        && definition.maker().isEmpty()
                        && graphs.draft(definition, admission.kinds())
                                instanceof Compiled.Accepted(var graph)
                        && rights.get().objection(author(admission), graph).isEmpty();
        return isOwn
                ? Author.noted(admission.object(), admission.user(), Optional.empty())
                : admission.object();
    }

    /// Kinds may come later, as long as nothing is served yet that would go on by an older spec.
    private static boolean mayWait(Compiled.Rejected rejected, Admission admission) {
        return rejected.awaitsKinds() && !isServed(new Definition(admission.object()), admission);
    }

    private Verdict waiting(Compiled.Rejected rejected, Admission admission) {
        var causes = changed(admission);
        causes.addAll(GeneratedKind.claims(new Definition(admission.object()), admission));
        if (!causes.isEmpty()) {
            causes.addAll(rejected.causes());
            return new Verdict.Invalid(causes, warnings(rejected.completions()));
        }
        var warnings = new ArrayList<>(warnings(rejected.completions()));
        rejected.causes()
                .forEach(cause -> warnings.add(cause + "; the graph waits until it is there"));
        var definition = new Definition(admission.object());
        return within(
                asked(admission, one -> one.objection(author(admission), definition)),
                new Verdict.Admitted(admission.object(), warnings, reliesOn(admission)));
    }

    /// What the platform itself writes is within anybody's rights.
    private Optional<Problem> asked(
            Admission admission, Function<AuthorRights, Optional<Problem>> question) {
        return admission.user().isEmpty() ? Optional.empty() : rights.flatMap(question);
    }

    private static User author(Admission admission) {
        return admission.user().orElseThrow();
    }

    private static Verdict within(Optional<Problem> objection, Verdict.Admitted admitted) {
        return objection.<Verdict>map(Verdict.Refused::new).orElse(admitted);
    }

    /// What the kind that is served now would lose, and who would break on it.
    private static List<FieldCause> breaking(Admission admission, Graph graph) {
        var changes = new ArrayList<>(changes(admission, graph));
        if (!changes.isEmpty()) {
            BrokenInstances.by(graph, admission.state()).ifPresent(changes::add);
        }
        return changes;
    }

    private static List<FieldCause> changes(Admission admission, Graph graph) {
        var definition = graph.definition();
        return admission
                .state()
                .get(DefinitionIndex.crd(definition.instances()))
                .map(StoredObject::resource)
                .filter(crd -> Labels.isOf(crd, definition.name()))
                .filter(_ -> !allowsBreakingChanges(admission.object()))
                .map(crd -> BreakingChanges.between(crd.tree(), graph.crd()))
                .orElse(List.of());
    }

    private static boolean allowsBreakingChanges(Resource definition) {
        return definition.annotation(BreakingChanges.ALLOW).filter("true"::equals).isPresent();
    }

    /// What may not change any more, once the kind is served.
    private static List<FieldCause> changed(Admission admission) {
        return admission
                .old()
                .filter(old -> isServed(new Definition(old), admission))
                .map(old -> changed(old, admission.object()))
                .orElseGet(ArrayList::new);
    }

    /// That the kind that a definition asked for until now is not made in the meantime.
    private static List<Precondition> reliesOn(Admission admission) {
        return admission
                .old()
                .map(old -> new Definition(old).instances())
                .filter(kind -> !kind.equals(new Definition(admission.object()).instances()))
                .map(DefinitionIndex::crd)
                .filter(crd -> admission.state().get(crd).isEmpty())
                .map(Precondition::absent)
                .map(List::of)
                .orElse(List.of());
    }

    private static boolean isServed(Definition definition, Admission admission) {
        return admission
                .state()
                .get(DefinitionIndex.crd(definition.instances()))
                .filter(crd -> Labels.isOf(crd.resource(), definition.name()))
                .isPresent();
    }

    private static List<FieldCause> changed(Resource old, Resource object) {
        return IMMUTABLE.stream()
                .filter(field -> !Objects.equals(value(old, field), value(object, field)))
                .map(field ->
                        FieldCause.invalid(
                                "spec.schema." + field,
                                value(object, field),
                                "field is immutable: instances of %s exist or may exist"
                                        .formatted(new Definition(old).kind())))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String value(Resource definition, String field) {
        return Json.string(Json.object(definition.spec(), "schema"), field);
    }

    private static List<String> warnings(List<Completion> completions) {
        return completions.stream().map(Completion::warning).toList();
    }
}
