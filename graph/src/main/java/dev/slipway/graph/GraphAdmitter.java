package dev.slipway.graph;

import dev.slipway.graph.compile.BreakingChanges;
import dev.slipway.graph.compile.Compiled;
import dev.slipway.graph.compile.Compiler;
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
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Refuses definitions that do not compile, and tells what it completed in those that do.
///
/// A write that leaves the spec as it is passes unchecked: a definition whose kinds went away can still be labelled
/// and deleted.
final class GraphAdmitter implements Admitter {
    private static final List<String> IMMUTABLE = List.of("apiVersion", "kind", "group", "scope");

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(Definition.KIND);
    }

    @Override
    public Verdict admit(Admission admission) {
        var object = admission.object();
        if (admission.operation() == Operation.DELETE
                || !admission.subresource().isEmpty()
                || admission.old().filter(old -> old.spec().equals(object.spec())).isPresent()) {
            return Verdict.admitted(object);
        }
        var causes = new ArrayList<FieldCause>();
        admission.old().ifPresent(old -> causes.addAll(changed(old, object)));
        return switch (Compiler.compile(new Definition(object), admission.kinds())) {
            case Compiled.Accepted(var graph) -> {
                causes.addAll(breaking(admission, graph));
                yield causes.isEmpty()
                        ? new Verdict.Admitted(object, warnings(graph.completions()), List.of())
                        : new Verdict.Invalid(causes, warnings(graph.completions()));
            }
            case Compiled.Rejected(var errors, var completions) -> {
                causes.addAll(errors);
                yield new Verdict.Invalid(causes, warnings(completions));
            }
        };
    }

    /// What the kind that is served now would lose.
    private static List<FieldCause> breaking(Admission admission, Graph graph) {
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

    private static List<FieldCause> changed(Resource old, Resource object) {
        return IMMUTABLE.stream()
                .filter(field -> !Objects.equals(value(old, field), value(object, field)))
                .map(field ->
                        FieldCause.invalid(
                                "spec.schema." + field,
                                value(object, field),
                                "field is immutable: instances of %s exist or may exist"
                                        .formatted(new Definition(old).kind())))
                .toList();
    }

    private static String value(Resource definition, String field) {
        return Json.string(Json.object(definition.spec(), "schema"), field);
    }

    private static List<String> warnings(List<Completion> completions) {
        return completions.stream().map(Completion::warning).toList();
    }
}
