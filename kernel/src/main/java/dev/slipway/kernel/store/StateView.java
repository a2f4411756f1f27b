package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.pcollections.TreePMap;

/// The state as persistent sorted sets, one for each kind: a change makes a new value that shares all but one path.
final class StateView implements State {
    static final StateView EMPTY = new StateView(0, TreePMap.empty(), 0);

    private static final Comparator<StoredObject> PLACE = ObjectTree::compare;

    private final long revision;
    private final TreePMap<KindKey, KindObjects> kinds;

    private final long bytes;

    private StateView(long revision, TreePMap<KindKey, KindObjects> kinds, long bytes) {
        this.revision = revision;
        this.kinds = kinds;
        this.bytes = bytes;
    }

    /// The state at a revision, of the objects that exist then, in any order.
    static StateView of(long revision, Iterable<StoredObject> objects) {
        var sorted = new TreeMap<KindKey, List<StoredObject>>();
        var bytes = 0L;
        for (var object : objects) {
            bytes += object.size();
            sorted.computeIfAbsent(object.key().kind(), _ -> new ArrayList<>()).add(object);
        }
        TreePMap<KindKey, KindObjects> kinds = TreePMap.empty();
        for (var kind : sorted.entrySet()) {
            kind.getValue().sort(PLACE);
            kinds = kinds.plus(kind.getKey(), KindObjects.of(kind.getValue()));
        }
        return new StateView(revision, kinds, bytes);
    }

    /// The state after one more revision. One that was shredded tells nothing: the deletion that it fell to follows.
    StateView with(Revision next) {
        if (next.shredded()) {
            return new StateView(next.number(), kinds, bytes);
        }
        var kind = next.key().kind();
        var before = objects(kind);
        var left = bytes - get(next.key()).map(StoredObject::size).orElse(0);
        if (next.operation() == Operation.DELETE) {
            var after = before.minus(next.key());
            return new StateView(
                    next.number(),
                    after.size() == 0 ? kinds.minus(kind) : kinds.plus(kind, after),
                    left);
        }
        var object = next.object();
        return new StateView(
                next.number(), kinds.plus(kind, before.plus(object)), left + object.size());
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public Optional<StoredObject> get(ResourceKey key) {
        return objects(key.kind()).tree().get(key.namespace(), key.name());
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public Listing list(KindKey kind) {
        return new Listing(objects(kind).tree());
    }

    @Override
    public Listing list(KindKey kind, String namespace) {
        return list(kind).in(namespace);
    }

    @Override
    public Listing list(KindKey kind, Term term) {
        return new Listing(objects(kind).with(term));
    }

    @Override
    public int count(KindKey kind) {
        return objects(kind).size();
    }

    @Override
    public Set<KindKey> kinds() {
        return kinds.keySet();
    }

    @Override
    public State with(Change change) {
        return with(
                new Revision(
                        revision + 1,
                        change.key(),
                        change.uid(),
                        change.operation(),
                        0,
                        Attribution.of(""),
                        Instant.EPOCH,
                        revision + 1,
                        change.body()));
    }

    private KindObjects objects(KindKey kind) {
        return kinds.getOrDefault(kind, KindObjects.NONE);
    }
}
