package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/// A set of paths to fields, as an immutable tree of their elements.
///
/// A path is a member on its own account: `.spec` may be one without `.spec.replicas`, and the other way round.
public final class FieldSet {
    /// No fields.
    public static final FieldSet EMPTY = new FieldSet(Map.of());

    private static final String SELF = ".";
    private static final Node NONE = new Node(false, EMPTY);

    /// Never holds an empty node.
    private final Map<PathElement, Node> nodes;

    /// What is known of one element: whether the path that ends in it is a member, and the members below it.
    private record Node(boolean member, FieldSet below) {
        boolean isEmpty() {
            return !member && below.isEmpty();
        }
    }

    private FieldSet(Map<PathElement, Node> nodes) {
        this.nodes = nodes;
    }

    /// A set of these paths.
    public static FieldSet of(FieldPath... paths) {
        var builder = new Builder();
        for (var path : paths) {
            builder.add(path.elements());
        }
        return builder.build();
    }

    /// Reads FieldsV1; throws a [MalformedException] where a key is no path element.
    public static FieldSet read(Map<String, Object> fieldsV1) {
        var level = new Level(fieldsV1.size());
        fieldsV1.forEach((key, value) -> {
            if (!key.equals(SELF)) {
                readNode(level, key, value);
            }
        });
        return level.set();
    }

    /// The set as FieldsV1: elements in order, `.` for a member that has members below.
    public Map<String, Object> write() {
        return write(false);
    }

    private Map<String, Object> write(boolean member) {
        Map<String, Object> fieldsV1 = LinkedHashMap.newLinkedHashMap(nodes.size() + 1);
        if (member) {
            fieldsV1.put(SELF, new LinkedHashMap<String, Object>());
        }
        sorted().forEach(element -> fieldsV1.put(element.encoded(), write(at(element))));
        return fieldsV1;
    }

    /// Whether this is what [#write()] would give, found out without reading it.
    boolean isWrittenAs(Map<String, Object> fieldsV1) {
        var children = fieldsV1.size() - (fieldsV1.containsKey(SELF) ? 1 : 0);
        return children == nodes.size()
                && nodes.entrySet().stream()
                        .allMatch(node ->
                                fieldsV1.get(node.getKey().encoded()) instanceof Map<?, ?> map
                                        && isWrittenAs(node.getValue(), Json.cast(map)));
    }

    private static boolean isWrittenAs(Node node, Map<String, Object> children) {
        return node.member == isMember(children) && node.below.isWrittenAs(children);
    }

    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    /// How many paths are members.
    public int size() {
        return nodes.values().stream()
                .mapToInt(node -> (node.member ? 1 : 0) + node.below.size())
                .sum();
    }

    public boolean contains(FieldPath path) {
        var here = this;
        var member = false;
        for (var element : path.elements()) {
            var node = here.at(element);
            member = node.member;
            here = node.below;
        }
        return member;
    }

    /// The paths of either set.
    public FieldSet union(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        var united = new HashMap<>(nodes);
        other.nodes.forEach((element, node) -> united.merge(element, node, FieldSet::union));
        return new FieldSet(united);
    }

    /// The paths that are not in the other set; what lies below its members stays.
    public FieldSet difference(FieldSet other) {
        return combine(
                other,
                (mine, its) ->
                        new Node(mine.member && !its.member, mine.below.difference(its.below)));
    }

    /// The paths that are neither in the other set nor below one of its members.
    public FieldSet without(FieldSet other) {
        return combine(
                other,
                (mine, its) ->
                        its.member ? NONE : new Node(mine.member, mine.below.without(its.below)));
    }

    /// The paths that are in both sets.
    public FieldSet intersection(FieldSet other) {
        Map<PathElement, Node> both = new HashMap<>();
        nodes.forEach((element, mine) -> {
            var its = other.at(element);
            both.put(
                    element,
                    new Node(mine.member && its.member, mine.below.intersection(its.below)));
        });
        return of(both);
    }

    /// The members, each node's own before those below them.
    public List<FieldPath> paths() {
        var paths = new ArrayList<FieldPath>();
        collect(new ArrayDeque<>(), paths);
        return paths;
    }

    /// Whether the path of this one element is a member.
    boolean contains(PathElement element) {
        return at(element).member;
    }

    /// The members below one element, without it.
    FieldSet below(PathElement element) {
        return at(element).below;
    }

    /// The elements that paths begin with.
    Set<PathElement> elements() {
        return nodes.keySet();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet set && nodes.equals(set.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        return paths().toString();
    }

    private static FieldSet of(Map<PathElement, Node> nodes) {
        nodes.values().removeIf(Node::isEmpty);
        return nodes.isEmpty() ? EMPTY : new FieldSet(nodes);
    }

    private static void readNode(Level level, String key, Object value) {
        var element = PathElement.decode(key);
        if (!(value instanceof Map<?, ?> map)) {
            throw new MalformedException("not an object: " + key, null);
        }
        level.put(element, isMember(map), read(Json.cast(map)));
    }

    private static boolean isMember(Map<?, ?> children) {
        return children.isEmpty() || children.containsKey(SELF);
    }

    private static Map<String, Object> write(Node node) {
        return node.below.write(node.member && !node.below.isEmpty());
    }

    private static Node union(Node left, Node right) {
        return new Node(left.member || right.member, left.below.union(right.below));
    }

    private Node at(PathElement element) {
        return nodes.getOrDefault(element, NONE);
    }

    /// This set with those nodes replaced that the other set has too; itself where that changes nothing.
    private FieldSet combine(FieldSet other, BinaryOperator<Node> combination) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        Map<PathElement, Node> changed = new HashMap<>();
        nodes.forEach((element, mine) -> {
            var its = other.at(element);
            var combined = its.isEmpty() ? mine : combination.apply(mine, its);
            if (combined.member != mine.member || !Trees.same(combined.below, mine.below)) {
                changed.put(element, combined);
            }
        });
        if (changed.isEmpty()) {
            return this;
        }
        var all = new HashMap<>(nodes);
        all.putAll(changed);
        return of(all);
    }

    private List<PathElement> sorted() {
        var elements = nodes.keySet().toArray(PathElement[]::new);
        Arrays.sort(elements);
        return Arrays.asList(elements);
    }

    private void collect(Deque<PathElement> path, List<FieldPath> paths) {
        var order = sorted();
        for (var element : order) {
            if (at(element).member) {
                path.addLast(element);
                paths.add(new FieldPath(List.copyOf(path)));
                path.removeLast();
            }
        }
        for (var element : order) {
            path.addLast(element);
            at(element).below.collect(path, paths);
            path.removeLast();
        }
    }

    /// Collects the elements of one node, each with what lies below it; one thread's.
    ///
    /// The items of a list mostly have the same fields: what is alike is kept once.
    static final class Level {
        private final Map<PathElement, Node> nodes;
        private FieldSet last = EMPTY;

        /// @param size how many elements are expected
        Level(int size) {
            nodes = HashMap.newHashMap(size);
        }

        /// Adds an element; one that comes again is united with what is known of it.
        void put(PathElement element, boolean member, FieldSet below) {
            last = below.equals(last) ? last : below;
            nodes.merge(element, new Node(member, last), FieldSet::union);
        }

        FieldSet set() {
            return of(nodes);
        }
    }

    /// Collects paths from the root; one thread's.
    static final class Builder {
        private Map<PathElement, Builder> children = Map.of();
        private boolean member;

        /// Adds a path; the root, which has no elements, is none.
        void add(Iterable<PathElement> path) {
            var here = this;
            for (var element : path) {
                here = here.child(element);
            }
            here.member = true;
        }

        private Builder child(PathElement element) {
            if (children.isEmpty()) {
                children = HashMap.newHashMap(2);
            }
            return children.computeIfAbsent(element, _ -> new Builder());
        }

        FieldSet build() {
            var level = new Level(children.size());
            children.forEach((element, child) -> level.put(element, child.member, child.build()));
            return level.set();
        }
    }
}
