package dev.slipway.kernel.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiConsumer;

/// A persistent sorted set of one kind's objects, by namespace and name: a change shares all but one path.
///
/// Balanced by weight: no side of a node has more than [#DELTA] times the objects of the other, but for the smallest
/// ones. Each node knows how many objects it holds, so that the n-th is found as fast as a name.
sealed interface ObjectTree {
    /// How many times as heavy as its sister a side may be.
    int DELTA = 3;

    /// Up to how many times as heavy as the outer grandchild the inner one may be for a single rotation to do.
    int RATIO = 2;

    /// No objects.
    enum Empty implements ObjectTree {
        TREE;

        @Override
        public int size() {
            return 0;
        }
    }

    /// An object, those before it and those after it.
    record Node(StoredObject object, ObjectTree left, ObjectTree right, int size)
            implements ObjectTree {
        int place(String namespace, String name) {
            return -compare(object, namespace, name);
        }
    }

    int size();

    static ObjectTree empty() {
        return Empty.TREE;
    }

    /// The tree of objects that are in order already.
    static ObjectTree of(List<StoredObject> sorted) {
        if (sorted.isEmpty()) {
            return empty();
        }
        var middle = sorted.size() / 2;
        return node(
                sorted.get(middle),
                of(sorted.subList(0, middle)),
                of(sorted.subList(middle + 1, sorted.size())));
    }

    default Optional<StoredObject> get(String namespace, String name) {
        var tree = this;
        while (tree instanceof Node node) {
            var place = node.place(namespace, name);
            if (place == 0) {
                return Optional.of(node.object);
            }
            tree = place < 0 ? node.left : node.right;
        }
        return Optional.empty();
    }

    /// With an object, in the place of the one that has its name.
    default ObjectTree plus(StoredObject added) {
        if (!(this instanceof Node(var object, var left, var right, _))) {
            return node(added, empty(), empty());
        }
        var place = compare(added, object);
        if (place == 0) {
            return node(added, left, right);
        }
        return place < 0
                ? balanced(object, left.plus(added), right)
                : balanced(object, left, right.plus(added));
    }

    /// Without the object of a name, if there is one.
    default ObjectTree minus(String namespace, String name) {
        if (!(this instanceof Node node)) {
            return this;
        }
        var place = node.place(namespace, name);
        if (place == 0) {
            return joined(node.left, node.right);
        }
        return place < 0
                ? balanced(node.object, node.left.minus(namespace, name), node.right)
                : balanced(node.object, node.left, node.right.minus(namespace, name));
    }

    /// How many objects come before a place.
    default int rank(String namespace, String name) {
        var rank = 0;
        var tree = this;
        while (tree instanceof Node node) {
            if (node.place(namespace, name) <= 0) {
                tree = node.left;
            } else {
                rank += node.left.size() + 1;
                tree = node.right;
            }
        }
        return rank;
    }

    /// All that differs between two trees, in time that grows with the differences: what they share is not looked at.
    ///
    /// @param difference is told the old object and the new one, of which one may be missing
    /// @param limit how many differences are told at most
    /// @return whether there are no more
    default boolean differs(
            ObjectTree later,
            int limit,
            BiConsumer<Optional<StoredObject>, Optional<StoredObject>> difference) {
        var before = new Walk(this);
        var after = new Walk(later);
        for (int told = 0; told <= limit; told++) {
            skipShared(before, after);
            var old = before.peek();
            var now = after.peek();
            if (old.isEmpty() && now.isEmpty()) {
                return true;
            }
            if (told < limit) {
                tell(before, after, difference);
            }
        }
        return false;
    }

    static int compare(StoredObject one, StoredObject other) {
        return compare(one, other.key().namespace(), other.key().name());
    }

    static int compare(StoredObject object, String namespace, String name) {
        var order = object.key().namespace().compareTo(namespace);
        return order != 0 ? order : object.key().name().compareTo(name);
    }

    private static void tell(
            Walk before,
            Walk after,
            BiConsumer<Optional<StoredObject>, Optional<StoredObject>> difference) {
        var order = order(before.peek(), after.peek());
        difference.accept(
                order <= 0 ? Optional.of(before.next()) : Optional.empty(),
                order >= 0 ? Optional.of(after.next()) : Optional.empty());
    }

    private static int order(Optional<StoredObject> old, Optional<StoredObject> now) {
        if (old.isEmpty() || now.isEmpty()) {
            return old.isEmpty() ? 1 : -1;
        }
        return compare(old.get(), now.get());
    }

    /// Goes on in both until the next objects differ.
    private static void skipShared(Walk before, Walk after) {
        while (before.hasNext() && after.hasNext()) {
            if (shared(before.subtree(), after.subtree())) {
                before.skip();
                after.skip();
            } else if (before.subtree().size() > 1 || after.subtree().size() > 1) {
                openLarger(before, after);
            } else {
                return;
            }
        }
    }

    /// Whether two subtrees, or two single objects, are one and the same.
    @SuppressWarnings("ReferenceEquality")
    private static boolean shared(ObjectTree one, ObjectTree other) {
        return one == other
                || (one instanceof Node first
                        && other instanceof Node second
                        && first.size == 1
                        && second.size == 1
                        && first.object == second.object);
    }

    private static void openLarger(Walk before, Walk after) {
        if (before.subtree().size() >= after.subtree().size()) {
            before.open();
        } else {
            after.open();
        }
    }

    private static Node node(StoredObject object, ObjectTree left, ObjectTree right) {
        return new Node(object, left, right, left.size() + right.size() + 1);
    }

    private static ObjectTree joined(ObjectTree left, ObjectTree right) {
        if (left.size() == 0 || right.size() == 0) {
            return left.size() == 0 ? right : left;
        }
        var middle = left.size() > right.size() ? last(left) : first(right);
        var key = middle.key();
        return left.size() > right.size()
                ? balanced(middle, left.minus(key.namespace(), key.name()), right)
                : balanced(middle, left, right.minus(key.namespace(), key.name()));
    }

    private static StoredObject first(ObjectTree tree) {
        return tree instanceof Node node && node.left instanceof Node
                ? first(node.left)
                : ((Node) tree).object;
    }

    private static StoredObject last(ObjectTree tree) {
        return tree instanceof Node node && node.right instanceof Node
                ? last(node.right)
                : ((Node) tree).object;
    }

    /// A node of two sides of which one has gained or lost one object since they were in balance.
    private static ObjectTree balanced(StoredObject object, ObjectTree left, ObjectTree right) {
        if (left.size() + right.size() <= 1) {
            return node(object, left, right);
        }
        if (right instanceof Node heavy && right.size() > DELTA * left.size()) {
            return turnedLeft(object, left, heavy);
        }
        if (left instanceof Node heavy && left.size() > DELTA * right.size()) {
            return turnedRight(object, heavy, right);
        }
        return node(object, left, right);
    }

    private static ObjectTree turnedLeft(StoredObject object, ObjectTree left, Node right) {
        if (right.left instanceof Node inner && inner.size >= RATIO * right.right.size()) {
            return node(
                    inner.object,
                    node(object, left, inner.left),
                    node(right.object, inner.right, right.right));
        }
        return node(right.object, node(object, left, right.left), right.right);
    }

    private static ObjectTree turnedRight(StoredObject object, Node left, ObjectTree right) {
        if (left.right instanceof Node inner && inner.size >= RATIO * left.left.size()) {
            return node(
                    inner.object,
                    node(left.object, left.left, inner.left),
                    node(object, inner.right, right));
        }
        return node(left.object, left.left, node(object, left.right, right));
    }

    /// A way through a tree, in order. Used by one thread.
    final class Walk {
        /// What is still ahead, the next on top: a subtree as a whole, until it is opened.
        private final Deque<ObjectTree> ahead = new ArrayDeque<>();

        Walk(ObjectTree tree) {
            push(tree);
        }

        /// A way that begins with the n-th object.
        Walk(ObjectTree tree, int from) {
            this(tree);
            var left = from;
            while (left > 0 && hasNext()) {
                if (subtree().size() <= left) {
                    left -= subtree().size();
                    skip();
                } else {
                    open();
                }
            }
        }

        boolean hasNext() {
            return !ahead.isEmpty();
        }

        StoredObject next() {
            var next = peek().orElseThrow(NoSuchElementException::new);
            skip();
            return next;
        }

        /// The next object, which stands alone afterwards.
        private Optional<StoredObject> peek() {
            while (ahead.peek() instanceof Node node && node.size > 1) {
                open();
            }
            return ahead.peek() instanceof Node node ? Optional.of(node.object) : Optional.empty();
        }

        private ObjectTree subtree() {
            return ahead.element();
        }

        private void skip() {
            ahead.pop();
        }

        /// Puts the parts of the next subtree in its place.
        private void open() {
            if (ahead.pop() instanceof Node node) {
                push(node.right);
                push(new Node(node.object, empty(), empty(), 1));
                push(node.left);
            }
        }

        private void push(ObjectTree tree) {
            if (tree.size() > 0) {
                ahead.push(tree);
            }
        }
    }
}
