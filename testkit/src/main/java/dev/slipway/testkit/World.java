package dev.slipway.testkit;

import dev.slipway.control.Controller;
import dev.slipway.control.ControllerRuntime;
import dev.slipway.control.Feature;
import dev.slipway.control.SteppedControllers;
import dev.slipway.control.core.Core;
import dev.slipway.control.plan.OverlayPlanner;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.plan.Plan;
import dev.slipway.kernel.plan.Planner;
import dev.slipway.kernel.relations.Relations;
import dev.slipway.kernel.relations.RelationsView;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.DeleteOptions.Propagation;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.StoredResources;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.resources.Written;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.MemoryStore;
import dev.slipway.kernel.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// A whole platform in memory: the store, the write path, the core and some features with their controllers running.
///
/// ```java
/// try (var world = World.of(new Catalog())) {
///     world.apply("apiVersion: v1 …");
///     world.settle();
///     assertThat(world.find("v1", "ConfigMap", "default", "web")).isPresent();
/// }
/// ```
public final class World implements AutoCloseable {
    /// How long [#settle()] and [#eventually] wait before they fail.
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int STEPS = 100;

    private static final WriteOptions TESTER =
            new WriteOptions(Attribution.of("tester"), "tester", false, Strictness.STRICT);

    private final Store store;
    private final Relations relations;
    private final KindsView kinds;
    private final Resources resources;
    private final Clock clock;
    private final Drive drive;
    private final Planner planner;

    private World(Function<RelationsView, List<Feature>> made, Clock clock) {
        this.clock = clock;
        store = new MemoryStore(clock);
        relations = new Relations(store, this::currentKinds);
        var features = made.apply(relations);
        features.forEach(one -> relations.register(one.relations()));
        kinds =
                new KindsView(
                        store, features.stream().flatMap(one -> one.kinds().stream()).toList());
        planner = new OverlayPlanner(store, kinds, relations, features, clock, new Random(3));
        var admitters = features.stream().flatMap(one -> one.admitters().stream()).toList();
        resources = new StoredResources(store, kinds, admitters, clock, new Random(1));
        List<Controller> controllers =
                features.stream().flatMap(one -> one.controllers(resources).stream()).toList();
        apply("{apiVersion: v1, kind: Namespace, metadata: {name: default}}");
        drive = drive(controllers);
    }

    /// A clock that a test moves wants controllers that a test moves.
    private Drive drive(List<Controller> controllers) {
        if (clock instanceof TestClock) {
            return new Drive.Stepped(
                    new SteppedControllers(store, controllers, clock, new Random(2)));
        }
        var runtime = new ControllerRuntime(store, controllers, clock, new Random(2));
        runtime.start();
        return new Drive.Running(runtime);
    }

    /// The core with these features, on the system's clock.
    public static World of(Feature... features) {
        return with(_ -> List.of(features));
    }

    /// The core with these features on a clock that the test moves: nothing happens but in [#settle()] and
    /// [#pass(Duration)], which run on the test's thread.
    public static World at(TestClock clock, Feature... features) {
        return new World(
                _ -> {
                    var all = new ArrayList<Feature>(List.of(new Core(clock)));
                    all.addAll(List.of(features));
                    return all;
                },
                clock);
    }

    /// The core with features that read relations, on the system's clock.
    public static World with(Function<RelationsView, List<Feature>> features) {
        return new World(
                relations -> {
                    var all = new ArrayList<Feature>(List.of(new Core(Clock.systemUTC())));
                    all.addAll(features.apply(relations));
                    return all;
                },
                Clock.systemUTC());
    }

    public RelationsView relations() {
        return relations;
    }

    public Store store() {
        return store;
    }

    public Resources resources() {
        return resources;
    }

    /// Works out what writes would bring about.
    public Planner planner() {
        return planner;
    }

    /// What applying each document of a text would bring about.
    public Plan plan(String yaml) {
        return planner.plan(
                Yaml.readAll(yaml.getBytes(StandardCharsets.UTF_8)).stream()
                        .map(document -> proposal(new Resource(tree(document))))
                        .toList());
    }

    private static Planner.Proposal proposal(Resource object) {
        return overlay -> {
            var served =
                    overlay.kinds()
                            .byKind(object.apiVersion(), object.kind())
                            .orElseThrow(() ->
                                    Problem.of(Problem.Reason.NOT_FOUND, "not served: " + object)
                                            .exception());
            var patch = new Patch.Apply(object, true);
            return overlay.patch(
                            served, namespace(served, object), object.name(), "", patch, TESTER)
                    .warnings();
        };
    }

    /// What a deletion would bring about.
    public Plan planDeletion(String apiVersion, String kind, String namespace, String name) {
        return planDeletion(apiVersion, kind, namespace, name, Propagation.BACKGROUND);
    }

    /// What a deletion would bring about.
    ///
    /// @param propagation what becomes of the resources that the deleted one owns
    public Plan planDeletion(
            String apiVersion,
            String kind,
            String namespace,
            String name,
            Propagation propagation) {
        var served = served(apiVersion, kind);
        var deletion = new DeleteOptions(propagation, Optional.empty(), Optional.empty());
        return planner.plan(
                List.of(overlay ->
                        overlay.delete(served, namespace, name, deletion, TESTER).warnings()));
    }

    /// Creates or replaces each document of a text, as `kubectl apply` and `replace` would; the last one's outcome.
    public Written apply(String yaml) {
        var written = Optional.<Written>empty();
        for (var document : Yaml.readAll(yaml.getBytes(StandardCharsets.UTF_8))) {
            written = Optional.of(put(new Resource(tree(document))));
        }
        return written.orElseThrow(() -> new IllegalArgumentException("no document in: " + yaml));
    }

    /// Server-side apply of one document.
    public Written serverSideApply(String yaml, String manager, boolean force) {
        var object = new Resource(tree(Yaml.read(yaml.getBytes(StandardCharsets.UTF_8))));
        var options = new WriteOptions(Attribution.of(manager), manager, false, Strictness.STRICT);
        var served = served(object.apiVersion(), object.kind());
        return resources.patch(
                served,
                namespace(served, object),
                object.name(),
                "",
                new Patch.Apply(object, force),
                options);
    }

    /// Changes an object by a merge patch written in YAML.
    public Written merge(
            String apiVersion, String kind, String namespace, String name, String yaml) {
        var patch = new Patch.Merge(tree(Yaml.read(yaml.getBytes(StandardCharsets.UTF_8))));
        return resources.patch(served(apiVersion, kind), namespace, name, "", patch, TESTER);
    }

    /// Merges into the status, as whoever sets conditions does.
    public Written mergeStatus(
            String apiVersion, String kind, String namespace, String name, String yaml) {
        var patch = new Patch.Merge(tree(Yaml.read(yaml.getBytes(StandardCharsets.UTF_8))));
        return resources.patch(served(apiVersion, kind), namespace, name, "status", patch, TESTER);
    }

    public Optional<Resource> find(String apiVersion, String kind, String namespace, String name) {
        return resources.find(served(apiVersion, kind), namespace, name);
    }

    public Written delete(String apiVersion, String kind, String namespace, String name) {
        return resources.delete(
                served(apiVersion, kind), namespace, name, DeleteOptions.BACKGROUND, TESTER);
    }

    /// The kind behind an object's names; fails where it is not served.
    public Served served(String apiVersion, String kind) {
        return resources
                .kinds()
                .byKind(apiVersion, kind)
                .orElseThrow(() -> new AssertionError("not served: " + apiVersion + " " + kind));
    }

    /// Waits until the controllers have seen everything and have nothing to do.
    public void settle() {
        eventually("the controllers settle", () -> settled() && stable());
    }

    /// Lets time pass in steps of a hundredth of it; the controllers settle at each.
    public void pass(Duration time) {
        if (!(clock instanceof TestClock hands)) {
            throw new IllegalStateException("time passes by itself here");
        }
        for (int i = 0; i < STEPS; i++) {
            hands.pass(time.dividedBy(STEPS));
            drive.go();
        }
    }

    private boolean settled() {
        drive.go();
        return drive.settled();
    }

    /// Waits until something holds.
    public void eventually(String what, BooleanSupplier holds) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            pause();
        }
    }

    @Override
    public void close() {
        drive.close();
        relations.close();
        kinds.close();
        store.close();
    }

    private Kinds currentKinds() {
        return kinds.current();
    }

    /// A turn that has just ended may have written what nobody has seen yet.
    private boolean stable() {
        if (drive instanceof Drive.Stepped) {
            return true;
        }
        var before = store.state().revision();
        pause();
        return drive.settled() && store.state().revision() == before;
    }

    private Written put(Resource object) {
        var served = served(object.apiVersion(), object.kind());
        var namespace = namespace(served, object);
        return resources.find(served, namespace, object.name()).isPresent()
                ? resources.patch(
                        served,
                        namespace,
                        object.name(),
                        "",
                        new Patch.Merge(object.tree()),
                        TESTER)
                : resources.create(served, namespace, object.tree(), TESTER);
    }

    private static String namespace(Served served, Resource object) {
        if (!served.kind().namespaced()) {
            return "";
        }
        return object.namespace().isEmpty() ? "default" : object.namespace();
    }

    private static java.util.Map<String, Object> tree(
            @org.jspecify.annotations.Nullable Object document) {
        if (document instanceof java.util.Map<?, ?> map) {
            return dev.slipway.kernel.model.Json.cast(map);
        }
        throw new IllegalArgumentException("not an object: " + document);
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
