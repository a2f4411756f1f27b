package dev.slipway.app.offline;

import dev.slipway.app.offline.SourceFile.Document;
import dev.slipway.catalog.Catalog;
import dev.slipway.cluster.Clusters;
import dev.slipway.control.Feature;
import dev.slipway.control.core.Core;
import dev.slipway.control.plan.Overlay;
import dev.slipway.graph.Graphs;
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
    Outcome apply(List<Document> documents) {
        var made =
                overlay.make(
                        documents.stream()
                                .map(one -> (Proposal) _ -> apply(one.object()))
                                .toList());
        Map<Integer, Problem> refused = new LinkedHashMap<>();
        made.refused().forEach(one -> refused.put(one.proposal(), one.problem()));
        return new Outcome(made.written(), refused);
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

    private static ProblemException unknown(Resource object) {
        return Problem.of(
                        Reason.NOT_FOUND,
                        "the kind %s of %s is neither built in nor defined in these files"
                                .formatted(object.kind(), object.apiVersion()))
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
