package dev.slipway.app.offline;

import dev.slipway.app.offline.SourceFile.Document;
import dev.slipway.catalog.Catalog;
import dev.slipway.cluster.Clusters;
import dev.slipway.control.Feature;
import dev.slipway.control.core.Core;
import dev.slipway.control.plan.Overlay;
import dev.slipway.graph.Graphs;
import dev.slipway.graph.compile.Definition;
import dev.slipway.graph.findings.NearKinds;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.plan.Planner.Proposal;
import dev.slipway.kernel.relations.Relations;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.MemoryStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/// An empty platform in memory on which documents are tried: every kind is known, and graphs are worked by.
///
/// Used by one thread.
final class Workbench implements AutoCloseable {
    /// Where objects go that name no namespace.
    static final String NAMESPACE = "default";

    private static final WriteOptions OPTIONS =
            new WriteOptions(Attribution.of("slipway"), "slipway-cli", false, Strictness.STRICT);

    private final MemoryStore nothing;
    private final KindsView noKinds;
    private final Relations relations;
    private final Overlay overlay;
    private final List<Definition> definitions = new ArrayList<>();

    Workbench(Clock clock) {
        nothing = new MemoryStore(clock);
        noKinds = new KindsView(nothing, List.of());
        relations = new Relations(nothing, noKinds::current);
        List<Feature> features =
                List.of(
                        new Core(clock),
                        new Graphs(clock),
                        new Catalog(relations, clock),
                        new Clusters(clock));
        overlay = Overlay.empty(features, clock, new Random(1));
    }

    Resources resources() {
        return overlay.resources();
    }

    Kinds kinds() {
        return overlay.resources().kinds();
    }

    /// Whether everything was worked out to its end.
    boolean isSettled() {
        return overlay.isSettled();
    }

    /// Makes the namespaces that documents lie in, but for those that are among them.
    void makeNamespaces(List<Document> documents) {
        var names = new TreeSet<String>();
        names.add(NAMESPACE);
        documents.forEach(one -> names.add(one.object().namespace()));
        documents.stream()
                .map(Document::object)
                .filter(one -> one.apiVersion().equals("v1") && one.kind().equals("Namespace"))
                .forEach(one -> names.remove(one.name()));
        names.remove("");
        names.forEach(name ->
                apply(
                        new Resource(
                                Json.copy(
                                        Map.of(
                                                "apiVersion",
                                                "v1",
                                                "kind",
                                                "Namespace",
                                                "metadata",
                                                Map.of("name", name))))));
    }

    /// What came of documents that were applied together.
    ///
    /// @param warnings by the place of the document
    /// @param refused by the place of the document
    record Outcome(Map<Integer, List<String>> warnings, Map<Integer, Problem> refused) {}

    /// Applies documents; what needs what others bring comes after them.
    ///
    /// A graph comes when the kinds that it uses are there, so that it is judged by them; one whose kinds nobody brings
    /// comes last.
    Outcome apply(List<Document> documents) {
        var objects = documents.stream().map(Document::object).toList();
        objects.stream()
                .filter(this::isDefinition)
                .forEach(one -> definitions.add(new Definition(one)));
        var outcome = new Outcome(new LinkedHashMap<>(), new LinkedHashMap<>());
        make(objects, IntStream.range(0, objects.size()).boxed().toList(), this::inTime, outcome);
        var late =
                outcome.refused().keySet().stream()
                        .filter(place -> awaitsKinds(objects.get(place)))
                        .toList();
        make(objects, late, this::apply, outcome);
        return outcome;
    }

    /// @param places of the objects that are made
    private void make(
            List<Resource> objects,
            List<Integer> places,
            Function<Resource, List<String>> how,
            Outcome outcome) {
        var made =
                overlay.make(
                        places.stream()
                                .map(place -> (Proposal) _ -> how.apply(objects.get(place)))
                                .toList());
        places.forEach(outcome.refused()::remove);
        made.written().forEach((i, told) -> outcome.warnings().put(places.get(i), told));
        made.refused()
                .forEach(one -> outcome.refused().put(places.get(one.proposal()), one.problem()));
    }

    private List<String> inTime(Resource object) {
        if (awaitsKinds(object)) {
            throw Problem.of(Reason.NOT_FOUND, "its kinds are not there yet").exception();
        }
        return apply(object);
    }

    private boolean isDefinition(Resource object) {
        return kinds().byKind(object.apiVersion(), object.kind())
                .filter(served -> served.kind().key().equals(Definition.KIND))
                .isPresent();
    }

    /// Whether it is a graph over kinds that are not there.
    private boolean awaitsKinds(Resource object) {
        return isDefinition(object)
                && new Definition(object)
                        .bodies().stream()
                                .map(Resource::new)
                                .anyMatch(one ->
                                        kinds().byKind(one.apiVersion(), one.kind()).isEmpty());
    }

    private List<String> apply(Resource object) {
        var served = served(object);
        return resources()
                .patch(
                        served,
                        namespace(served, object),
                        object.name(),
                        "",
                        new Patch.Apply(object, true),
                        OPTIONS)
                .warnings();
    }

    /// Says how an object is that is there already.
    void say(Resource object) {
        var served = served(object);
        var status = new Patch.Merge(Json.copy(Map.of("status", object.status())));
        var subresource = served.version().status() ? "status" : "";
        resources()
                .patch(
                        served,
                        namespace(served, object),
                        object.name(),
                        subresource,
                        status,
                        OPTIONS);
    }

    /// Lets graphs be worked by.
    void settle() {
        overlay.settle();
    }

    /// An object as it is now.
    Optional<Resource> find(Resource object) {
        return kinds().byKind(object.apiVersion(), object.kind())
                .flatMap(served ->
                        resources().find(served, namespace(served, object), object.name()));
    }

    /// Everything that exists, in the order in which it came about.
    List<Resource> all() {
        var seen = new LinkedHashMap<ResourceKey, Resource>();
        var state = resources().state();
        overlay.written()
                .forEach(revision ->
                        state.get(revision.key())
                                .ifPresent(one -> seen.putIfAbsent(one.key(), one.resource())));
        return new ArrayList<>(seen.values());
    }

    private Served served(Resource object) {
        return kinds().byKind(object.apiVersion(), object.kind())
                .orElseThrow(() -> unknown(object));
    }

    private ProblemException unknown(Resource object) {
        var kind = "the kind %s of %s".formatted(object.kind(), object.apiVersion());
        return Problem.of(
                        Reason.NOT_FOUND,
                        definitions.stream()
                                .filter(one -> one.kind().equals(object.kind()))
                                .filter(one -> one.apiVersion().equals(object.apiVersion()))
                                .findFirst()
                                .map(one ->
                                        "%s is not there, because its definition %s is not accepted or waits for kinds: what is said of that comes first"
                                                .formatted(kind, one.name()))
                                .orElse(
                                        "%s is neither built in nor defined in these files%s"
                                                .formatted(
                                                        kind,
                                                        NearKinds.of(
                                                                object.apiVersion(),
                                                                object.kind(),
                                                                kinds()))))
                .exception();
    }

    private static String namespace(Served served, Resource object) {
        if (!served.kind().namespaced()) {
            return "";
        }
        return object.namespace().isEmpty() ? NAMESPACE : object.namespace();
    }

    @Override
    public void close() {
        overlay.close();
        relations.close();
        noKinds.close();
        nothing.close();
    }
}
