package dev.slipway.control.core;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.DeleteOptions.Propagation;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Term;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Deletes what lost all of its owners, and carries out foreground and orphaning deletions.
///
/// An owner whose kind is not served counts as present unless its deletion was seen: a feature that is switched off must
/// not cost anybody their resources. It is looked at again once the kind is served. So does always an owner whose namespace is not said.
final class GarbageCollector implements Controller {
    static final String NAME = "slipway-garbage-collector";

    private static final String FOREGROUND = "foregroundDeletion";

    /// The finalizer of those who take down what they made by themselves, and in the order in which it can go.
    private static final String IN_ORDER = "kro.run/finalizer";

    private static final String ORPHAN = "orphan";

    private final Resources resources;
    private final Owners owners;
    private final Optional<StrayOwners> strays;
    private final Undecided undecided = new Undecided();

    /// Tells nobody of owners that are elsewhere.
    ///
    /// @param owners who owns what
    GarbageCollector(Resources resources, Owners owners) {
        this(resources, owners, Optional.empty());
    }

    /// @param strays tells of owners that are elsewhere
    GarbageCollector(Resources resources, Owners owners, StrayOwners strays) {
        this(resources, owners, Optional.of(strays));
    }

    private GarbageCollector(Resources resources, Owners owners, Optional<StrayOwners> strays) {
        this.resources = resources;
        this.owners = owners;
        this.strays = strays;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        owners.fold(occurrence);
        if (occurrence.operation() == Operation.DELETE) {
            var keys = new ArrayList<>(owners.dependents(occurrence.object().uid()));
            keys.addAll(owners(occurrence.object()));
            return keys;
        }
        if (occurrence.key().kind().equals(KindsView.CRDS)) {
            return defined(occurrence);
        }
        return concerned(occurrence) ? List.of(occurrence.key()) : List.of();
    }

    /// A definition, if it is owned itself, and what waited for its kind.
    private Collection<ResourceKey> defined(Occurrence occurrence) {
        var keys = new ArrayList<>(undecided.take(occurrence.object()));
        if (concerned(occurrence)) {
            keys.add(occurrence.key());
        }
        return keys;
    }

    private static boolean concerned(Occurrence occurrence) {
        return isOwned(occurrence) || waits(occurrence);
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return owners.load(state);
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var options = WriteOptions.controller(NAME, waking.causes());
        var served = served(key);
        served.flatMap(one -> resources.find(one, key.namespace(), key.name()))
                .ifPresent(object -> look(served.orElseThrow(), key, object, options));
        return Next.DONE;
    }

    private void look(Served served, ResourceKey key, Resource object, WriteOptions options) {
        if (object.terminating()) {
            finish(served, object, options);
        } else if (!object.owners().isEmpty()) {
            collect(served, key, object, options);
        }
    }

    /// Deletes an object without any owner left; otherwise drops the references to those that went or wait to go.
    private void collect(Served served, ResourceKey key, Resource object, WriteOptions options) {
        var left = object.owners().stream().filter(owner -> present(owner, key)).toList();
        var staying = left.stream().filter(owner -> !foreground(owner, key)).toList();
        // Told when something was written, and not again at each start: the event may have expired
        // since.
        strays.filter(_ -> !options.attribution().causes().isEmpty())
                .ifPresent(one -> tell(one, object, key, left, options));
        if (left.isEmpty()) {
            delete(served, object, Propagation.BACKGROUND, options);
        } else if (staying.isEmpty()) {
            delete(served, object, Propagation.FOREGROUND, options);
        } else if (staying.size() < object.owners().size()) {
            keep(served, object, staying, options);
        }
    }

    /// Of owners that were not found, and of those that could not be.
    private void tell(
            StrayOwners stray,
            Resource object,
            ResourceKey key,
            List<OwnerReference> found,
            WriteOptions options) {
        for (var owner : object.owners()) {
            kind(owner)
                    .filter(kind -> !found.contains(owner) || !reachable(kind, key))
                    .ifPresent(kind -> stray.tell(object, owner, kind, options));
        }
    }

    private void finish(Served served, Resource owner, WriteOptions options) {
        if (owner.finalizers().contains(ORPHAN)) {
            dependents(owner).forEach(key -> orphan(key, owner, options));
            release(served, owner, ORPHAN, options);
        } else if (isForeground(owner)) {
            finishForeground(served, owner, options);
        }
    }

    /// Deletes the dependents; the owner goes once none that blocks it is left.
    private void finishForeground(Served served, Resource owner, WriteOptions options) {
        var blocking = false;
        for (var key : dependents(owner)) {
            var dependent = found(key);
            if (dependent.isPresent() && !dependent.get().terminating()) {
                collect(served(key).orElseThrow(), key, dependent.get(), options);
            }
            // Looked at anew: it may be gone now, or have been left to another owner, of which
            // nobody hears.
            blocking |= found(key).filter(one -> blocks(one, owner)).isPresent();
        }
        if (!blocking) {
            release(served, owner, FOREGROUND, options);
        }
    }

    /// The resources that name an owner from where it can be found: not from another namespace, nor from none. Asked of
    /// the state, because the index may not have come to where the owner was read: whom it misses would go with the
    /// owner.
    private List<ResourceKey> dependents(Resource owner) {
        var state = resources.state();
        return state.kinds().stream()
                .flatMap(kind -> state.list(kind, new Term.OwnedBy(owner.uid())).stream())
                .map(StoredObject::key)
                .filter(key ->
                        owner.namespace().isEmpty() || key.namespace().equals(owner.namespace()))
                .toList();
    }

    private Optional<Resource> found(ResourceKey key) {
        return served(key).flatMap(one -> resources.find(one, key.namespace(), key.name()));
    }

    private void orphan(ResourceKey key, Resource owner, WriteOptions options) {
        served(key)
                .ifPresent(served ->
                        resources
                                .find(served, key.namespace(), key.name())
                                .ifPresent(object ->
                                        keep(served, object, without(object, owner), options)));
    }

    private static List<OwnerReference> without(Resource object, Resource owner) {
        return object.owners().stream().filter(one -> !one.uid().equals(owner.uid())).toList();
    }

    private void keep(
            Served served, Resource object, List<OwnerReference> left, WriteOptions options) {
        var references =
                object.metadata().get("ownerReferences") instanceof List<?> all ? all : List.of();
        var uids = left.stream().map(OwnerReference::uid).toList();
        var kept =
                references.stream()
                        .filter(one ->
                                one instanceof Map<?, ?> map && uids.contains(map.get("uid")))
                        .toList();
        patch(served, object, Map.of("ownerReferences", kept), options);
    }

    private void release(Served served, Resource owner, String finalizer, WriteOptions options) {
        var left = owner.finalizers().stream().filter(one -> !one.equals(finalizer)).toList();
        patch(served, owner, Map.of("finalizers", left), options);
    }

    /// Guarded by uid and revision: what changed in the meantime is looked at again.
    private void patch(
            Served served, Resource object, Map<String, Object> metadata, WriteOptions options) {
        var guarded = new LinkedHashMap<>(metadata);
        guarded.put("resourceVersion", object.resourceVersion());
        var patch = new Patch.Merge(Map.of("metadata", guarded));
        Quietly.run(() ->
                resources.patch(served, object.namespace(), object.name(), "", patch, options));
    }

    private void delete(
            Served served, Resource object, Propagation propagation, WriteOptions options) {
        var deletion =
                new DeleteOptions(
                        propagation,
                        Optional.of(object.uid()),
                        Optional.of(object.resourceVersion()));
        Quietly.run(() ->
                resources.delete(served, object.namespace(), object.name(), deletion, options));
    }

    private boolean present(OwnerReference owner, ResourceKey dependent) {
        if (kind(owner).isEmpty()) {
            undecided.add(owner, dependent);
        }
        // Asked after it was noted: a kind that came in between wakes nobody.
        var kind = kind(owner);
        if (kind.filter(one -> !reachable(one, dependent)).isPresent()) {
            return true;
        }
        return !owners.gone(owner.uid())
                && kind.map(one -> find(one, owner, dependent).isPresent()).orElse(true);
    }

    /// A cluster-scoped resource cannot be owned by a namespaced one: which namespace's is not said.
    private static boolean reachable(Kind owner, ResourceKey dependent) {
        return !owner.namespaced() || !dependent.namespace().isEmpty();
    }

    private boolean foreground(OwnerReference owner, ResourceKey dependent) {
        return kind(owner)
                .flatMap(kind -> find(kind, owner, dependent))
                .filter(GarbageCollector::isTerminating)
                .filter(one -> isForeground(one.resource()))
                .isPresent();
    }

    /// Whether its dependents are to be deleted before it; who does that in an order of their own comes first.
    private static boolean isForeground(Resource owner) {
        return owner.finalizers().contains(FOREGROUND) && !owner.finalizers().contains(IN_ORDER);
    }

    /// The owner in its bytes: each event of each dependent asks.
    private Optional<StoredObject> find(Kind kind, OwnerReference owner, ResourceKey dependent) {
        var namespace = kind.namespaced() ? dependent.namespace() : "";
        return resources
                .state()
                .get(kind.key().resource(namespace, owner.name()))
                .filter(one -> one.field("metadata.uid").equals(owner.uid()));
    }

    /// The keys of an object's owners, which may wait for it to go.
    private List<ResourceKey> owners(Resource object) {
        return object.owners().stream()
                .flatMap(owner ->
                        kind(owner).stream()
                                .map(kind ->
                                        kind.key()
                                                .resource(
                                                        kind.namespaced() ? object.namespace() : "",
                                                        owner.name())))
                .toList();
    }

    private Optional<Kind> kind(OwnerReference owner) {
        return resources.kinds().byGroupKind(Undecided.group(owner.apiVersion()), owner.kind());
    }

    /// Most events concern neither owned nor terminating resources: their bytes tell that.
    private static boolean isOwned(Occurrence occurrence) {
        return OwnerIndex.hasOwners(occurrence.stored()) && !occurrence.object().owners().isEmpty();
    }

    private static boolean waits(Occurrence occurrence) {
        return isTerminating(occurrence.stored())
                && (occurrence.object().finalizers().contains(FOREGROUND)
                        || occurrence.object().finalizers().contains(ORPHAN));
    }

    static boolean isTerminating(StoredObject stored) {
        return !stored.field("metadata.deletionTimestamp").isEmpty();
    }

    /// Whether an owner has to wait for a dependent; one that waits for the owner in turn would wait for ever.
    private boolean blocks(Resource dependent, Resource owner) {
        return dependent.owners().stream()
                        .anyMatch(one -> one.uid().equals(owner.uid()) && one.blockOwnerDeletion())
                && !owners.owns(dependent.uid(), owner.uid());
    }

    private Optional<Served> served(ResourceKey key) {
        return resources.kinds().byKey(key.kind()).map(Served::stored);
    }
}
