package dev.slipway.kernel.rollback;

import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.relations.RelationsView;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Term;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Holds a rollback against what there is: nothing may lose what it needs, and what comes back needs its place.
final class Dependencies {
    static final KindKey NAMESPACES = KindKey.of("", "namespaces");

    /// How many objects are named for one reason.
    private static final int MAX_NAMED = 3;

    private final State state;
    private final Kinds kinds;
    private final RelationsView relations;
    private final Set<ResourceKey> concerned;
    private final Set<ResourceKey> returning;
    private final List<Blocker> blockers = new ArrayList<>();

    private Dependencies(State state, Kinds kinds, RelationsView relations, List<Undo> undos) {
        this.state = state;
        this.kinds = kinds;
        this.relations = relations;
        this.concerned = undos.stream().map(Undo::key).collect(Collectors.toSet());
        this.returning =
                undos.stream()
                        .filter(undo -> undo.target().isPresent())
                        .map(Undo::key)
                        .collect(Collectors.toSet());
    }

    static List<Blocker> of(State state, Kinds kinds, RelationsView relations, List<Undo> undos) {
        var dependencies = new Dependencies(state, kinds, relations, undos);
        undos.forEach(dependencies::check);
        return dependencies.blockers;
    }

    private void check(Undo undo) {
        var live = state.get(undo.key());
        if (live.isEmpty() && undo.target().isEmpty()) {
            return;
        }
        var kind = kinds.byKey(undo.key().kind());
        if (kind.isEmpty()) {
            block(
                    undo.key(),
                    "is of a kind that is not served any more: bring back its definition first");
        } else if (undo.target().isEmpty()) {
            live.ifPresent(this::checkVanishing);
        } else {
            checkReturning(undo, live);
        }
    }

    // ---- what would go

    private void checkVanishing(StoredObject object) {
        var key = object.key();
        var told = new LinkedHashSet<ResourceKey>();
        if (key.kind().equals(NAMESPACES)) {
            block(key, "is where %s lives", told, inside(key.name()));
        }
        if (key.kind().equals(KindsView.CRDS)) {
            block(key, "is the kind of %s", told, instances(key.name()));
        }
        block(
                key,
                "owns %s, which would go with it (with children, they are rolled back together)",
                told,
                owned(object.field("metadata.uid")));
        block(key, "is referred to by %s", told, relations.sources(key));
    }

    private List<ResourceKey> inside(String namespace) {
        return state.kinds().stream()
                .flatMap(kind -> state.list(kind, namespace).stream())
                .map(StoredObject::key)
                .toList();
    }

    private List<ResourceKey> instances(String crd) {
        var dot = crd.indexOf('.');
        var kind = KindKey.of(crd.substring(dot + 1), crd.substring(0, Math.max(0, dot)));
        return state.list(kind).stream().map(StoredObject::key).toList();
    }

    private List<ResourceKey> owned(String uid) {
        return state.kinds().stream()
                .flatMap(kind -> state.list(kind, new Term.OwnedBy(uid)).stream())
                .map(StoredObject::key)
                .toList();
    }

    /// Blocks for those of some dependents that the rollback does not concern and that were not told yet.
    private void block(
            ResourceKey key, String why, Set<ResourceKey> told, Iterable<ResourceKey> dependents) {
        var left = new ArrayList<ResourceKey>();
        for (var dependent : dependents) {
            if (!concerned.contains(dependent) && !dependent.equals(key) && told.add(dependent)) {
                left.add(dependent);
            }
        }
        if (!left.isEmpty()) {
            block(key, why.formatted(named(left)));
        }
    }

    private String named(List<ResourceKey> keys) {
        var named =
                keys.stream().limit(MAX_NAMED).map(this::named).collect(Collectors.joining(", "));
        var more = keys.size() - MAX_NAMED;
        return more > 0 ? named + " and %d more".formatted(more) : named;
    }

    private String named(ResourceKey key) {
        return state.get(key)
                .map(object -> "%s (revision %d)".formatted(key, object.revision()))
                .orElseGet(key::toString);
    }

    // ---- what would come back

    private void checkReturning(Undo undo, Optional<StoredObject> live) {
        var key = undo.key();
        var version = undo.target().orElseThrow().object().resource().version();
        if (kinds.byKey(key.kind()).flatMap(kind -> kind.version(version)).isEmpty()) {
            block(key, "was stored in version %s, which its kind has no longer".formatted(version));
        }
        if (live.isPresent() && live.get().resource().terminating()) {
            block(key, "is being deleted: wait until it is gone");
        }
        if (live.isEmpty() && !key.namespace().isEmpty()) {
            var namespace = NAMESPACES.resource("", key.namespace());
            if (state.get(namespace).isEmpty() && !returning.contains(namespace)) {
                block(key, "was in namespace %s, which is gone".formatted(key.namespace()));
            }
        }
    }

    private void block(ResourceKey key, String why) {
        blockers.add(new Blocker(key, why));
    }
}
