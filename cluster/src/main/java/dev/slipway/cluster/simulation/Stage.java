package dev.slipway.cluster.simulation;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.kind.LabelSelection;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Batch;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Term;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// One turn of a player: what there is, the time that it is, and the writes that it makes. One thread only.
public final class Stage {
    /// Says on everything that is played which cluster plays it.
    public static final String SIMULATED = "slipway.dev/simulated";

    private static final int MOST_OWNERS = 4;

    private final Resources resources;
    private final Simulation simulation;
    private final Tempo tempo;
    private final Instant now;
    private final WriteOptions options;
    private final Map<ResourceKey, Event> told = new LinkedHashMap<>();
    private Optional<Duration> wake = Optional.empty();
    private Optional<String> refusal = Optional.empty();

    public Stage(
            Resources resources,
            Simulation simulation,
            Tempo tempo,
            Instant now,
            WriteOptions options) {
        this.resources = resources;
        this.simulation = simulation;
        this.tempo = tempo;
        this.now = now;
        this.options = options;
    }

    public Simulation simulation() {
        return simulation;
    }

    public Pace pace() {
        return simulation.pace();
    }

    public State state() {
        return resources.state();
    }

    public Instant now() {
        return now;
    }

    /// Now, as objects tell times.
    public String time() {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    // ---- what there is

    public Optional<Resource> find(KindKey kind, String namespace, String name) {
        return state().get(kind.resource(namespace, name)).map(StoredObject::resource);
    }

    /// The resources of a kind that have a term.
    public List<Resource> list(KindKey kind, Term term) {
        return state().list(kind, term).stream().map(StoredObject::resource).toList();
    }

    /// The kind of an object, where it is served.
    public Optional<KindKey> kind(Resource object) {
        return resources
                .kinds()
                .byKind(object.apiVersion(), object.kind())
                .map(served -> served.kind().key());
    }

    public boolean isNamespaced(Resource object) {
        return resources
                .kinds()
                .byKind(object.apiVersion(), object.kind())
                .filter(served -> served.kind().namespaced())
                .isPresent();
    }

    /// The resources of a kind that an object manages, those that are leaving left out.
    public List<Resource> owned(KindKey kind, Resource owner) {
        return state().list(kind, new Term.OwnedBy(owner.uid())).stream()
                .map(StoredObject::resource)
                .filter(one -> isManaged(one, owner) && !one.terminating())
                .toList();
    }

    /// The resources that an object manages after it took those on that it selects and nobody manages, and let those go
    /// that it selects no more.
    ///
    /// @param fits whether one that nobody manages is to be taken on
    public List<Resource> claimed(KindKey kind, Resource owner, Predicate<Resource> fits) {
        var selector = Json.object(owner.spec(), "selector");
        var owned = owned(kind, owner);
        if (selector.isEmpty()) {
            return owned;
        }
        var claimed = new ArrayList<Resource>();
        for (var one : owned) {
            if (LabelSelection.matches(selector, one.labels())) {
                claimed.add(one);
            } else {
                released(one, owner);
            }
        }
        var known = owned.stream().map(Resource::name).collect(Collectors.toSet());
        for (var one : selected(kind, owner.namespace(), selector)) {
            if (!known.contains(one.key().name()) && isOrphan(one.resource(), fits)) {
                claimed.add(adopted(one.resource(), owner));
            }
        }
        return claimed;
    }

    /// The resources of a namespace that a selector finds, by the index of its first label.
    public List<StoredObject> selected(
            KindKey kind, String namespace, Map<String, Object> selector) {
        var labels = Json.object(selector, "matchLabels").entrySet().stream().findFirst();
        var listing =
                labels.map(one ->
                                state().list(
                                                kind,
                                                new Term.Label(
                                                        one.getKey(),
                                                        String.valueOf(one.getValue()))))
                        .orElseGet(() -> state().list(kind, namespace));
        return listing.stream()
                .filter(one -> one.key().namespace().equals(namespace))
                .filter(one -> LabelSelection.matches(selector, one.labels()))
                .toList();
    }

    private static boolean isOrphan(Resource one, Predicate<Resource> fits) {
        return !one.terminating()
                && one.owners().stream().noneMatch(OwnerReference::controller)
                && fits.test(one);
    }

    private Resource adopted(Resource orphan, Resource owner) {
        var owners = new ArrayList<>(Json.list(orphan.metadata(), "ownerReferences"));
        owners.add(OwnerReference.controller(owner).tree());
        return merge(orphan, Tree.of("metadata", Tree.of("ownerReferences", owners)));
    }

    private void released(Resource one, Resource owner) {
        var owners =
                one.owners().stream()
                        .filter(reference -> !reference.uid().equals(owner.uid()))
                        .<Object>map(OwnerReference::tree)
                        .toList();
        merge(one, Tree.of("metadata", Tree.of("ownerReferences", owners)));
    }

    private static boolean isManaged(Resource one, Resource owner) {
        return one.owners().stream()
                .anyMatch(
                        reference -> reference.controller() && reference.uid().equals(owner.uid()));
    }

    /// An object, and those that manage it, one above the other.
    public List<Resource> chain(Resource object) {
        var chain = new ArrayList<>(List.of(object));
        for (int i = 0; i < MOST_OWNERS; i++) {
            var above = manager(chain.getLast());
            if (above.isEmpty()) {
                break;
            }
            chain.add(above.get());
        }
        return chain;
    }

    private Optional<Resource> manager(Resource object) {
        return object.owners().stream()
                .filter(OwnerReference::controller)
                .findFirst()
                .flatMap(owner ->
                        ClusterKinds.of(owner)
                                .flatMap(kind -> find(kind, object.namespace(), owner.name()))
                                .filter(found -> found.uid().equals(owner.uid())));
    }

    /// What is to go wrong with an object: what it says itself, or what made it, or a rule of the cluster.
    public Optional<Trouble> trouble(Resource object) {
        var chain = chain(object);
        var asked =
                chain.stream()
                        .flatMap(one -> one.annotation(Fault.ANNOTATION).stream())
                        .findFirst()
                        .flatMap(Fault::of);
        return asked.isPresent()
                ? asked.map(fault -> new Trouble(fault, ""))
                : simulation.fault(chain).map(rule -> new Trouble(rule.fault(), rule.container()));
    }

    // ---- time

    /// Whether a step of an object is over, which begins when it is first asked about; if not, the player is woken then.
    public boolean passed(Resource object, String step, Duration pace) {
        var left = tempo.left(key(object), object.uid(), step, pace, now);
        if (left.isPositive()) {
            wakeAfter(left);
        }
        return !left.isPositive();
    }

    /// Gives the object another turn after a while.
    public void wakeAfter(Duration time) {
        if (wake.isEmpty() || time.compareTo(wake.get()) < 0) {
            wake = Optional.of(time);
        }
    }

    /// When the object wants another turn.
    public Optional<Duration> wake() {
        return wake;
    }

    /// Gives the object another turn later, because something was refused that may be taken then.
    public void retry(String why) {
        refusal = Optional.of(why);
    }

    /// What was refused in this turn.
    public Optional<String> refusal() {
        return refusal;
    }

    /// Whether the namespace of an object is about to go.
    public boolean isLeaving(Resource object) {
        return find(ClusterKinds.NAMESPACES, "", object.namespace())
                .filter(one -> !one.terminating())
                .isEmpty();
    }

    // ---- writes

    /// Creates an object that is marked as played.
    public Resource create(KindKey kind, Map<String, Object> tree) {
        return resources.create(served(kind), namespace(tree), marked(tree), options).object();
    }

    /// Creates objects in one commit; their names are those that they were given.
    public List<Resource> createAll(KindKey kind, List<Map<String, Object>> trees) {
        if (trees.isEmpty()) {
            return List.of();
        }
        var served = served(kind);
        var made = new ArrayList<Resource>();
        resources.batch(
                batch -> {
                    made.clear();
                    trees.forEach(tree ->
                            made.add(batch.create(served, namespace(tree), marked(tree)).object()));
                },
                options);
        return made;
    }

    private Map<String, Object> marked(Map<String, Object> tree) {
        var copy = Json.copy(tree);
        Json.child(Json.child(copy, "metadata"), "annotations").put(SIMULATED, simulation.name());
        return copy;
    }

    /// Says on an object that it is played.
    public Resource mark(Resource object) {
        return object.annotation(SIMULATED).filter(simulation.name()::equals).isPresent()
                ? object
                : annotate(object, Tree.of(SIMULATED, simulation.name()));
    }

    public Resource annotate(Resource object, Map<String, Object> annotations) {
        return merge(object, Tree.of("metadata", Tree.of("annotations", annotations)));
    }

    /// Changes an object, if it is still the same one.
    public Resource merge(Resource object, Map<String, Object> changes) {
        var tree = Json.copy(changes);
        Json.child(tree, "metadata").put("uid", object.uid());
        return write(object, "", new Patch.Merge(tree));
    }

    /// Replaces the status where it differs. That of a pod only if nobody wrote it meanwhile: others set its readiness gates.
    public Resource status(Resource object, Map<String, Object> status) {
        if (object.status().equals(status)) {
            return object;
        }
        var same = Tree.of("op", "test", "path", "/metadata/uid", "value", object.uid());
        if (object.kind().equals("Pod")) {
            same =
                    Tree.of(
                            "op",
                            "add",
                            "path",
                            "/metadata/resourceVersion",
                            "value",
                            object.resourceVersion());
        }
        var set = Tree.of("op", "add", "path", "/status", "value", status);
        var apart = served(key(object).kind()).version().status();
        return write(object, apart ? "status" : "", new Patch.Json(List.of(same, set)));
    }

    private Resource write(Resource object, String subresource, Patch patch) {
        return resources
                .patch(
                        served(key(object).kind()),
                        object.namespace(),
                        object.name(),
                        subresource,
                        patch,
                        options)
                .object();
    }

    /// Deletes this very object; that it is gone already is as well.
    public void delete(Resource object) {
        var deletion =
                new DeleteOptions(
                        DeleteOptions.Propagation.BACKGROUND,
                        Optional.of(object.uid()),
                        Optional.empty());
        try {
            resources.delete(
                    served(key(object).kind()),
                    object.namespace(),
                    object.name(),
                    deletion,
                    options);
        } catch (ProblemException e) {
            if (e.problem().reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    // ---- events

    /// Tells what happened, once the turn is over.
    public void tell(Event event) {
        told.merge(event.key(), event, (before, again) -> again.after(before));
    }

    /// Writes what was told in one commit. What cannot be written is left out, as in a namespace that is leaving: no one
    /// relies on being told.
    public void publish() {
        if (told.isEmpty()) {
            return;
        }
        try {
            var served = served(ClusterKinds.EVENTS);
            resources.batch(
                    batch -> told.forEach((key, event) -> publish(batch, served, key, event)),
                    options);
        } catch (ProblemException _) {
            // The objects say themselves how they are.
        }
        told.clear();
    }

    private void publish(Batch batch, Served served, ResourceKey key, Event event) {
        var stored = batch.state().get(key).map(StoredObject::resource);
        if (stored.isEmpty()) {
            batch.create(served, key.namespace(), marked(event.first(time())));
        } else if (!event.isToldBy(stored.get())) {
            batch.update(served, key.namespace(), key.name(), event.again(stored.get(), time()));
        }
    }

    /// Where an object is stored.
    public ResourceKey key(Resource object) {
        return kind(object)
                .orElseThrow(() -> gone(object.apiVersion() + " " + object.kind()))
                .resource(object.namespace(), object.name());
    }

    private Served served(KindKey kind) {
        return resources
                .kinds()
                .byKey(kind)
                .map(Served::stored)
                .orElseThrow(() -> gone(kind.groupResource()));
    }

    private static ProblemException gone(String kind) {
        return Problem.of(Reason.NOT_FOUND, kind + " is not served any more").exception();
    }

    private static String namespace(Map<String, Object> tree) {
        return new Resource(tree).namespace();
    }
}
