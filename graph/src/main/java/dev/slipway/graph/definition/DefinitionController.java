package dev.slipway.graph.definition;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.graph.compile.Compiled;
import dev.slipway.graph.compile.CompiledGraphs;
import dev.slipway.graph.compile.Definition;
import dev.slipway.graph.compile.DefinitionIndex;
import dev.slipway.graph.compile.Graph;
import dev.slipway.graph.compile.Labels;
import dev.slipway.graph.condition.Condition;
import dev.slipway.graph.write.Writes;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Serves the kind that each definition defines, keeps it as the definition says, and tells how that went.
///
/// A definition that is deleted stays, and goes on serving, until its last instance is gone; then its kind goes too.
public final class DefinitionController implements Controller {
    private static final String FINALIZER = "kro.run/finalizer";

    /// How many of the instances that hold up a deletion are named.
    private static final int NAMED_INSTANCES = 5;

    private final Resources resources;
    private final DefinitionIndex definitions;
    private final CompiledGraphs graphs;
    private final boolean bounded;
    private final Clock clock;
    private final Revisions revisions;

    /// @param bounded whether what is made is bounded by somebody's rights
    public DefinitionController(
            Resources resources,
            DefinitionIndex definitions,
            CompiledGraphs graphs,
            boolean bounded,
            Clock clock) {
        this.resources = resources;
        this.definitions = definitions;
        this.graphs = graphs;
        this.bounded = bounded;
        this.clock = clock;
        this.revisions = new Revisions(resources, clock);
    }

    @Override
    public String name() {
        return Labels.MANAGER;
    }

    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        definitions.see(occurrence);
        var kind = occurrence.key().kind();
        if (kind.equals(Definition.KIND)) {
            return isChange(occurrence) ? others(occurrence) : List.of();
        }
        if (kind.equals(DefinitionIndex.CRDS)) {
            return keys(concernedBy(occurrence.object()));
        }
        if (kind.equals(Revision.KIND)) {
            return occurrence.operation() == Operation.DELETE
                    ? keys(List.of(Revision.definition(occurrence.stored())))
                    : List.of();
        }
        if (!definitions.isInstance(kind)) {
            return List.of();
        }
        return switch (occurrence.operation()) {
            case CREATE ->
                    keys(definitions.definitionsOf(kind)).stream().filter(this::goes).toList();
            case DELETE -> keys(definitions.definitionsOf(kind));
            case UPDATE -> List.of();
        };
    }

    /// Whether a definition waits for its instances to be deleted, and tells which.
    private boolean goes(ResourceKey definition) {
        return resources
                .state()
                .get(definition)
                .filter(stored -> stored.resource().terminating())
                .isPresent();
    }

    /// The definition, and those of the same kind, which may now be free.
    private Collection<ResourceKey> others(Occurrence occurrence) {
        var instances = new Definition(occurrence.object()).instances();
        var names = new ArrayList<>(definitions.definitionsOf(instances));
        names.add(occurrence.key().name());
        return keys(names);
    }

    private static boolean isChange(Occurrence occurrence) {
        return occurrence
                .previous()
                .filter(previous -> essence(previous).equals(essence(occurrence.object())))
                .isEmpty();
    }

    /// What a pass goes by, and the status, which is set back where somebody else wrote it.
    private static List<Object> essence(Resource definition) {
        return List.of(
                definition.generation(),
                definition.terminating(),
                definition.annotations(),
                definition.finalizers(),
                definition.status());
    }

    private Collection<String> concernedBy(Resource crd) {
        var names = Json.object(crd.spec(), "names");
        return definitions.concernedBy(
                crd.name(), Json.string(crd.spec(), "group"), Json.string(names, "kind"));
    }

    private static List<ResourceKey> keys(Collection<String> names) {
        return names.stream().map(name -> Definition.KIND.resource("", name)).distinct().toList();
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        definitions.load(state);
        return state.list(Definition.KIND).stream().map(StoredObject::key).toList();
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var stored = resources.state().get(key).map(StoredObject::resource);
        var served = resources.kinds().byKind("kro.run/v1alpha1", "ResourceGraphDefinition");
        if (stored.isEmpty() || served.isEmpty()) {
            return Next.DONE;
        }
        var writes = new Writes(resources, name(), waking);
        return stored.get().terminating()
                ? delete(served.get(), stored.get(), writes)
                : serve(served.get(), stored.get(), writes);
    }

    private Next serve(Served served, Resource stored, Writes writes) {
        var definition =
                stored.finalizers().contains(FINALIZER) ? stored : hold(served, stored, writes);
        var compiled = graphs.of(new Definition(definition), resources.kinds());
        var kind =
                switch (compiled) {
                    case Compiled.Accepted(var graph) -> kind(graph, definition, writes);
                    case Compiled.Rejected _ -> DefinitionStatus.skipped();
                };
        var revision =
                compiled instanceof Compiled.Accepted(var graph)
                        ? revisions.issue(graph, definition, writes)
                        : revisions.lastIssued(definition);
        say(
                served,
                definition,
                new DefinitionStatus(compiled, kind, revision, isUnbounded(definition)),
                writes);
        return Next.DONE;
    }

    /// Whether the platform's own rights count, because nobody is known to have written the definition.
    private boolean isUnbounded(Resource definition) {
        return bounded && new Definition(definition).maker().isEmpty();
    }

    private static Resource hold(Served served, Resource definition, Writes writes) {
        var finalizers = new ArrayList<Object>(definition.finalizers());
        finalizers.add(FINALIZER);
        return writes.metadata(served, definition, Map.of("finalizers", finalizers));
    }

    /// Makes the kind as the graph says and tells whether it is served.
    private Condition kind(Graph graph, Resource resource, Writes writes) {
        var definition = new Definition(resource);
        var live = crd(definition);
        if (live.isPresent() && !Labels.isKindOf(live.get(), resource)) {
            return DefinitionStatus.failed(taken(live.get(), definition));
        }
        try {
            return established(make(graph, definition, writes))
                    ? DefinitionStatus.served()
                    : DefinitionStatus.notYet();
        } catch (ProblemException e) {
            return DefinitionStatus.failed(e.problem().message());
        }
    }

    private Optional<Resource> crd(Definition definition) {
        return resources
                .state()
                .get(DefinitionIndex.crd(definition.instances()))
                .map(StoredObject::resource);
    }

    private static String taken(Resource crd, Definition definition) {
        return Labels.isOfSomeDefinition(crd)
                ? "the kind %s (%s) is owned by the definition %s"
                        .formatted(definition.kind(), crd.name(), Labels.definitionOf(crd))
                : "the CustomResourceDefinition %s exists and is not owned by a graph"
                        .formatted(crd.name());
    }

    private Resource make(Graph graph, Definition definition, Writes writes) {
        var crds =
                resources
                        .kinds()
                        .byKind("apiextensions.k8s.io/v1", "CustomResourceDefinition")
                        .orElseThrow();
        var wanted = Json.copy(graph.crd());
        Json.child(Json.child(wanted, "metadata"), "labels")
                .putAll(Labels.ofDefinition(definition));
        var made = writes.apply(crds, wanted);
        if (shape(made).equals(shape(new Resource(wanted)))) {
            return made;
        }
        // Applying leaves alone what others added.
        writes.replace(
                crds,
                made,
                "",
                "/spec/versions",
                Json.list(Json.object(wanted, "spec"), "versions"));
        return crd(definition).orElse(made);
    }

    private static List<Object> shape(Resource crd) {
        return Json.list(crd.spec(), "versions").stream()
                .map(version -> Optional.ofNullable(Json.at(version, "schema")).orElse(""))
                .toList();
    }

    private static boolean established(Resource crd) {
        return Json.list(crd.status(), "conditions").stream()
                .anyMatch(condition ->
                        "Established".equals(Json.at(condition, "type"))
                                && "True".equals(Json.at(condition, "status")));
    }

    private Next delete(Served served, Resource resource, Writes writes) {
        if (!resource.finalizers().contains(FINALIZER)) {
            return Next.DONE;
        }
        var definition = new Definition(resource);
        var live = crd(definition).filter(crd -> Labels.isKindOf(crd, resource));
        var state = resources.state();
        if (live.isPresent() && state.count(definition.instances()) > 0) {
            end(definition, writes);
            var kind = DefinitionStatus.failed(waiting(definition, state));
            var compiled = graphs.of(definition, resources.kinds());
            var revision = revisions.lastIssued(resource);
            say(
                    served,
                    resource,
                    new DefinitionStatus(compiled, kind, revision, isUnbounded(resource)),
                    writes);
            return Next.DONE;
        }
        if (live.isPresent() && !live.get().terminating()) {
            resources
                    .kinds()
                    .byKind(live.get().apiVersion(), live.get().kind())
                    .ifPresent(crds -> writes.delete(crds, live.get()));
        }
        writes.metadata(
                served,
                resource,
                Map.of(
                        "finalizers",
                        resource.finalizers().stream()
                                .filter(name -> !name.equals(FINALIZER))
                                .toList()));
        return Next.DONE;
    }

    /// Deletes the instances where that was asked for.
    private void end(Definition definition, Writes writes) {
        var ending = Ending.of(definition.resource()).orElse(Ending.WAIT);
        var served = resources.kinds().byKind(definition.apiVersion(), definition.kind());
        if (ending == Ending.WAIT || served.isEmpty()) {
            return;
        }
        resources.state().list(definition.instances()).stream()
                .filter(stored -> stored.field("metadata.deletionTimestamp").isEmpty())
                .map(StoredObject::resource)
                .forEach(instance -> {
                    if (ending == Ending.ORPHAN) {
                        writes.orphan(served.get(), instance);
                    } else {
                        writes.delete(served.get(), instance);
                    }
                });
    }

    private static String waiting(Definition definition, State state) {
        var names =
                state.list(definition.instances()).stream()
                        .limit(NAMED_INSTANCES)
                        .map(stored -> stored.key().namespace() + "/" + stored.key().name())
                        .collect(Collectors.joining(", "));
        return "deletion waits for %d instances of %s to be deleted: %s"
                .formatted(state.count(definition.instances()), definition.kind(), names);
    }

    private void say(Served served, Resource resource, DefinitionStatus status, Writes writes) {
        writes.status(served, resource, status.tree(resource, clock.instant()));
    }
}
