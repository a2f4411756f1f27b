package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.util.List;

/// The objects of one kind at one revision, and what finds them. An immutable value.
///
/// @param changes how many changes of the kind led here, which tells how far an index is behind
/// @param indexes shared by all values that grow out of one another
record KindObjects(ObjectTree tree, long changes, Indexes indexes) {
    static final KindObjects NONE = new KindObjects(ObjectTree.empty(), 0, Indexes.NONE);

    /// The objects that are in order already.
    static KindObjects of(List<StoredObject> sorted) {
        return new KindObjects(ObjectTree.of(sorted), 0, new Indexes());
    }

    int size() {
        return tree.size();
    }

    /// The objects that have a term.
    ObjectTree with(Term term) {
        return indexes.find(term, this);
    }

    KindObjects plus(StoredObject object) {
        return next(tree.plus(object));
    }

    KindObjects minus(ResourceKey key) {
        return next(tree.minus(key.namespace(), key.name()));
    }

    private KindObjects next(ObjectTree after) {
        var next = new KindObjects(after, changes + 1, tree.size() == 0 ? new Indexes() : indexes);
        next.indexes.dropOlderThan(next);
        return next;
    }
}
