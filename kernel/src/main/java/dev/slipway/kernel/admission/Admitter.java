package dev.slipway.kernel.admission;

import dev.slipway.kernel.model.KindKey;

/// A feature's rule about the writes of some kinds.
///
/// Called on the writer's thread, possibly several times for one write (when another writer was first): pure, quick
/// and bounded. It may change the object it is given a copy of.
public interface Admitter {
    /// Whether this admitter wants to see the writes of a kind.
    boolean concerns(KindKey kind);

    Verdict admit(Admission admission);
}
