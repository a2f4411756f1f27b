package dev.slipway.control.core;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Accepts the names of CRDs and establishes them; takes their objects away before they go.
///
/// Inside a group the first CRD to claim a name has it: the older one, then the one whose name comes first.
final class CrdController implements Controller {
    static final String NAME = "slipway-crd";

    /// Who is on record for the status: clients know the API server itself there.
    private static final String MANAGER = "kube-apiserver";

    private final Resources resources;
    private final Clock clock;
    private final Claimants claimants = new Claimants();

    CrdController(Resources resources, Clock clock) {
        this.resources = resources;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    /// The CRD of an event, and those that wait for its names; the CRD of an object that may have held it.
    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        var key = occurrence.key();
        if (key.kind().equals(KindsView.CRDS)) {
            var keys = new LinkedHashSet<>(List.of(key));
            if (givesNamesUp(occurrence)) {
                claimants.forget(key);
                keys.addAll(claimants.waiting(resources.state(), group(key)));
            }
            return keys;
        }
        if (occurrence.operation() == Operation.DELETE) {
            var crd = KindsView.CRDS.resource("", key.kind().groupResource());
            return resources.state().get(crd).isPresent() ? List.of(crd) : List.of();
        }
        return List.of();
    }

    /// Whether names may be free now that others wait for; all else that becomes of a CRD is its own matter.
    private static boolean givesNamesUp(Occurrence occurrence) {
        return occurrence.operation() == Operation.DELETE
                || occurrence
                        .previous()
                        .filter(before -> !names(before).equals(names(occurrence.object())))
                        .isPresent();
    }

    private static List<Object> names(Resource crd) {
        return List.of(
                Json.object(crd.spec(), "names"), Json.object(crd.status(), "acceptedNames"));
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return state.list(KindsView.CRDS).stream().map(StoredObject::key).toList();
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var crd = resources.find(served(), "", key.name());
        var options = WriteOptions.controller(NAME, waking.causes()).as(MANAGER);
        return crd.map(one -> one.terminating() ? finish(one, options) : establish(one, options))
                .orElse(Next.DONE);
    }

    private Next establish(Resource crd, WriteOptions options) {
        var names = NameClaim.of(crd, others(crd));
        var status = Json.copy(crd.status());
        var conditions = new Conditions(Json.list(status, "conditions"), now());
        if (names.clash().isEmpty()) {
            conditions.set("NamesAccepted", "True", "NoConflicts", "no conflicts found");
            conditions.set(
                    "Established",
                    "True",
                    "InitialNamesAccepted",
                    "the initial names have been accepted");
        } else {
            var clash = names.clash().get();
            conditions.set("NamesAccepted", "False", clash.reason(), clash.message());
            if (!conditions.isTrue("Established")) {
                conditions.set("Established", "False", "NotAccepted", "not all names are accepted");
            }
        }
        status.put("conditions", conditions.list());
        status.put("acceptedNames", names.accepted());
        status.putIfAbsent("storedVersions", new ArrayList<>());
        return write(crd, status, options);
    }

    /// Takes the objects away; each deletion of one wakes this key again.
    private Next finish(Resource crd, WriteOptions options) {
        var kind =
                KindKey.of(
                        Json.string(crd.spec(), "group"),
                        String.valueOf(crd.at("spec", "names", "plural")));
        var objects = List.copyOf(resources.state().list(kind));
        if (objects.isEmpty()
                || resources.kinds().byKey(kind).filter(one -> !one.isCustom()).isPresent()) {
            release(crd, options);
            return Next.DONE;
        }
        served(crd).ifPresent(served -> objects.forEach(object -> delete(served, object, options)));
        return Next.DONE;
    }

    private void delete(Served served, StoredObject object, WriteOptions options) {
        if (!object.resource().terminating()) {
            Quietly.run(() ->
                    resources.delete(
                            served,
                            object.key().namespace(),
                            object.key().name(),
                            DeleteOptions.BACKGROUND,
                            options));
        }
    }

    /// Guarded by the revision that was looked at, so that nobody else's finalizer is lost.
    private void release(Resource crd, WriteOptions options) {
        var finalizers = new ArrayList<Object>(crd.finalizers());
        if (finalizers.remove(CrdAdmitter.FINALIZER)) {
            var metadata =
                    Map.of("finalizers", finalizers, "resourceVersion", crd.resourceVersion());
            var patch = new Patch.Merge(Map.of("metadata", metadata));
            Quietly.run(() -> resources.patch(served(), "", crd.name(), "", patch, options));
        }
    }

    private Next write(Resource crd, Map<String, Object> status, WriteOptions options) {
        if (!status.equals(crd.status())) {
            var patch = new Patch.Merge(Map.of("status", status));
            resources.patch(served(), "", crd.name(), "status", patch, options);
        }
        return Next.DONE;
    }

    private List<Resource> others(Resource crd) {
        var group = group(KindsView.CRDS.resource("", crd.name()));
        return claimants.of(resources.state(), group).stream()
                .filter(other -> !other.name().equals(crd.name()))
                .toList();
    }

    private Served served() {
        return resources
                .kinds()
                .byPlural(KindsView.CRDS.group(), "v1", KindsView.CRDS.plural())
                .orElseThrow(() -> new IllegalStateException("CRDs are not served"));
    }

    private Optional<Served> served(Resource crd) {
        return resources
                .kinds()
                .byGroupKind(
                        Json.string(crd.spec(), "group"),
                        String.valueOf(crd.at("spec", "names", "kind")))
                .filter(Kind::isCustom)
                .map(Served::stored);
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// The name of a CRD ends with its group.
    static String group(ResourceKey crd) {
        return crd.name().substring(crd.name().indexOf('.') + 1);
    }
}
