package dev.slipway.kernel.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/// An index of some objects: those of each term, in order. An immutable value.
///
/// @param objects all that it knows of
/// @param changes how many changes of the kind led to them
record Postings(Axis axis, ObjectTree objects, long changes, HashPMap<Term, ObjectTree> byTerm) {
    /// Reads every object.
    static Postings of(Axis axis, KindObjects kind) {
        var lists = new HashMap<Term, List<StoredObject>>();
        for (var object : new Listing(kind.tree())) {
            for (var term : axis.terms(object)) {
                lists.computeIfAbsent(term, _ -> new ArrayList<>(1)).add(object);
            }
        }
        var trees = HashMap.<Term, ObjectTree>newHashMap(lists.size());
        lists.forEach((term, list) -> trees.put(term, ObjectTree.of(list)));
        return new Postings(axis, kind.tree(), kind.changes(), HashTreePMap.from(trees));
    }

    ObjectTree get(Term term) {
        return byTerm.getOrDefault(term, ObjectTree.empty());
    }

    /// The same for another state of the kind; empty where more than `limit` objects differ.
    Optional<Postings> at(KindObjects kind, int limit) {
        var moving = new Moving();
        return objects.differs(kind.tree(), limit, moving::move)
                ? Optional.of(new Postings(axis, kind.tree(), kind.changes(), moving.moved))
                : Optional.empty();
    }

    /// The lists on their way from one state to another. Used by one thread.
    private final class Moving {
        private HashPMap<Term, ObjectTree> moved = byTerm;

        void move(Optional<StoredObject> old, Optional<StoredObject> now) {
            old.ifPresent(this::remove);
            now.ifPresent(this::add);
        }

        private void remove(StoredObject object) {
            var key = object.key();
            for (var term : axis.terms(object)) {
                var left =
                        moved.getOrDefault(term, ObjectTree.empty())
                                .minus(key.namespace(), key.name());
                moved = left.size() == 0 ? moved.minus(term) : moved.plus(term, left);
            }
        }

        private void add(StoredObject object) {
            for (var term : axis.terms(object)) {
                moved = moved.plus(term, moved.getOrDefault(term, ObjectTree.empty()).plus(object));
            }
        }
    }
}
