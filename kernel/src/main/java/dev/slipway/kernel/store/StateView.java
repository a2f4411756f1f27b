package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pcollections.TreePMap;

/// The state as persistent sorted maps, one for each kind: a change makes a new value that shares all but one path.
final class StateView implements State {
    static final StateView EMPTY = new StateView(0, TreePMap.empty());

    /// No text but the empty one orders before it, and none at all between a text and the same text followed by it.
    private static final String LOWEST = "\0";

    /// Within one kind only the place differs.
    private static final Comparator<ResourceKey> PLACE = StateView::place;

    private final long revision;
    private final TreePMap<KindKey, TreePMap<ResourceKey, StoredObject>> kinds;

    private StateView(long revision, TreePMap<KindKey, TreePMap<ResourceKey, StoredObject>> kinds) {
        this.revision = revision;
        this.kinds = kinds;
    }

    /// The state at a revision, of the objects that exist then, in any order.
    static StateView of(long revision, Iterable<StoredObject> objects) {
        var sorted = new TreeMap<KindKey, SortedMap<ResourceKey, StoredObject>>();
        for (var object : objects) {
            sorted.computeIfAbsent(object.key().kind(), _ -> new TreeMap<>(PLACE))
                    .put(object.key(), object);
        }
        TreePMap<KindKey, TreePMap<ResourceKey, StoredObject>> kinds = TreePMap.empty();
        for (var kind : sorted.entrySet()) {
            kinds = kinds.plus(kind.getKey(), TreePMap.fromSortedMap(kind.getValue()));
        }
        return new StateView(revision, kinds);
    }

    /// The state after one more revision.
    StateView with(Revision next) {
        var kind = next.key().kind();
        var before = objects(kind);
        var after =
                next.operation() == Operation.DELETE
                        ? before.minus(next.key())
                        : before.plus(next.key(), next.object());
        return new StateView(
                next.number(), after.isEmpty() ? kinds.minus(kind) : kinds.plus(kind, after));
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public Optional<StoredObject> get(ResourceKey key) {
        return Optional.ofNullable(objects(key.kind()).get(key));
    }

    @Override
    public Collection<StoredObject> list(KindKey kind) {
        return objects(kind).values();
    }

    @Override
    public Collection<StoredObject> list(KindKey kind, String namespace) {
        var objects = objects(kind);
        return objects.isEmpty()
                ? List.of()
                : objects.subMap(
                                kind.resource(namespace, LOWEST),
                                kind.resource(namespace + LOWEST, LOWEST))
                        .values();
    }

    @Override
    public int count(KindKey kind) {
        return objects(kind).size();
    }

    @Override
    public Set<KindKey> kinds() {
        return kinds.keySet();
    }

    private TreePMap<ResourceKey, StoredObject> objects(KindKey kind) {
        var objects = kinds.get(kind);
        return objects == null ? TreePMap.empty(PLACE) : objects;
    }

    private static int place(ResourceKey one, ResourceKey other) {
        var order = one.namespace().compareTo(other.namespace());
        return order != 0 ? order : one.name().compareTo(other.name());
    }
}
