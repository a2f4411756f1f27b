package dev.slipway.kernel.admission;

import dev.slipway.kernel.model.KindKey;

/// A feature's rule about the writes of some kinds.
///
/// Called on the writer's thread, possibly several times for one write (when another writer was first): pure, quick
/// and bounded. It may change the object it is given a copy of.
public interface Admitter {
    /// Whether this admitter wants to see the writes of a kind.
    boolean concerns(KindKey kind);

    /// Whether this admitter wants to see one write of a kind that concerns it; cheaper to ask than to admit.
    default boolean concerns(Admission admission) {
        return concerns(admission.served().kind().key());
    }

    /// Whether it is asked last, of what passed every other check and will not be changed any more; it may refuse and
    /// warn, what it changes is not stored.
    default boolean isLast() {
        return false;
    }

    Verdict admit(Admission admission);
}
