package dev.slipway.kernel.store;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Some resources of one kind at one revision, by namespace and name: an immutable view, cheap to narrow.
public final class Listing extends AbstractCollection<StoredObject> {
    /// Nothing.
    public static final Listing EMPTY = new Listing(ObjectTree.empty());

    /// No text but the empty one orders before it, and none at all between a text and the same text followed by it.
    private static final String LOWEST = "\0";

    private final ObjectTree tree;
    private final int from;
    private final int to;

    Listing(ObjectTree tree) {
        this(tree, 0, tree.size());
    }

    private Listing(ObjectTree tree, int from, int to) {
        this.tree = tree;
        this.from = from;
        this.to = Math.max(from, to);
    }

    /// Only those in a namespace.
    public Listing in(String namespace) {
        return between(tree.rank(namespace, LOWEST), tree.rank(namespace + LOWEST, LOWEST));
    }

    /// Only those after a place, whether or not something is there.
    public Listing after(String namespace, String name) {
        return between(tree.rank(namespace, name + LOWEST), to);
    }

    /// Whether another listing, of a state before or after, is of the very same resources: then none of them was changed
    /// in between. Costs nothing, and may say no where a change was taken back.
    @SuppressWarnings("ReferenceEquality")
    public boolean isSame(Listing other) {
        return tree == other.tree && from == other.from && to == other.to;
    }

    @Override
    public int size() {
        return to - from;
    }

    @Override
    public Iterator<StoredObject> iterator() {
        var walk = new ObjectTree.Walk(tree, from);
        return new Iterator<>() {
            private int left = size();

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public StoredObject next() {
                left--;
                return walk.next();
            }
        };
    }

    /// Tells each object that differs in a later listing of all objects of the kind: as it was and as it is, of which
    /// one may be missing. Takes time that grows with the differences.
    public void differences(
            Listing later, BiConsumer<Optional<StoredObject>, Optional<StoredObject>> difference) {
        tree.differs(later.tree, Integer.MAX_VALUE - 1, difference);
    }

    private Listing between(int low, int high) {
        return new Listing(tree, Math.max(from, low), Math.min(to, high));
    }
}
