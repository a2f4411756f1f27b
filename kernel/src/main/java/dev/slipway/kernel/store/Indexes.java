package dev.slipway.kernel.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The indexes of one kind, made when they are first asked for. Thread-safe.
///
/// Writers do nothing for them: who asks for a state brings the newest index over the differences to that state. One
/// that nobody has asked for in a while is dropped, because making it anew then costs no more, and because it would
/// hold on to objects that are gone.
final class Indexes {
    /// Those of a kind without objects.
    static final Indexes NONE = new Indexes();

    /// How many changes an index may be behind, however few objects there are.
    static final int MIN_CARRIED = 1_024;

    /// Of how many objects of a kind one may change before an index is made anew.
    static final int CARRIED_PART = 4;

    /// How many indexes a kind has at most; for one more, another is dropped.
    static final int MAX_INDEXES = 16;

    private final Map<Axis, Postings> newest = new ConcurrentHashMap<>();

    /// The objects with a term at one state of the kind.
    ObjectTree find(Term term, KindObjects kind) {
        return kind.size() == 0 ? kind.tree() : postings(Axis.of(term), kind).get(term);
    }

    /// Lets go of what is too far behind; called at each change.
    void dropOlderThan(KindObjects kind) {
        if (!newest.isEmpty()) {
            var oldest = kind.changes() - carried(kind);
            newest.values().removeIf(postings -> postings.changes() < oldest);
        }
    }

    /// How many there are.
    int count() {
        return newest.size();
    }

    @SuppressWarnings("ReferenceEquality") // another tree is another state
    private Postings postings(Axis axis, KindObjects kind) {
        var known = newest.get(axis);
        if (known != null && known.objects() == kind.tree()) {
            return known;
        }
        synchronized (this) {
            return brought(axis, kind);
        }
    }

    /// One reader at a time does it, so that the others find it done.
    @SuppressWarnings("ReferenceEquality")
    private Postings brought(Axis axis, KindObjects kind) {
        var known = newest.get(axis);
        if (known == null) {
            return remember(Postings.of(axis, kind));
        }
        if (known.objects() == kind.tree()) {
            return known;
        }
        var there = known.at(kind, carried(kind)).orElseGet(() -> Postings.of(axis, kind));
        return there.changes() > known.changes() ? remember(there) : there;
    }

    private Postings remember(Postings postings) {
        if (newest.size() >= MAX_INDEXES && !newest.containsKey(postings.axis())) {
            newest.remove(newest.keySet().iterator().next());
        }
        newest.put(postings.axis(), postings);
        return postings;
    }

    private static int carried(KindObjects kind) {
        return Math.max(MIN_CARRIED, kind.size() / CARRIED_PART);
    }
}
