package dev.slipway.kernel.store;

import java.util.List;

/// What came of a commit; the caller looks at each case.
public sealed interface Outcome {
    /// Durable, and visible in [Store#state()]; one revision for each change, in order.
    record Committed(List<Revision> revisions) implements Outcome {
        public Committed {
            revisions = List.copyOf(revisions);
        }
    }

    /// A precondition did not hold; nothing was stored.
    ///
    /// @param actual the newest revision of the key, 0 where it is absent
    record Failed(Precondition precondition, long actual) implements Outcome {}

    /// What exists would take more memory than it may; nothing was stored.
    ///
    /// @param limit in bytes, as [State#bytes()] reckons
    record Full(long limit) implements Outcome {}

    /// The lease that the commit was made under has passed to another holder; nothing was stored.
    ///
    /// @param epoch the one that is held now
    record Fenced(long epoch) implements Outcome {}
}
