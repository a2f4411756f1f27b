package dev.slipway.kernel.rollback;

import java.util.List;

/// Everything that is to be undone, and what was written later and stands in the way.
record Scope(List<Undo> undos, List<Blocker> blockers) {
    /// How many objects one rollback may concern.
    static final int MAX_OBJECTS = 1_000;

    Scope {
        undos = List.copyOf(undos);
        blockers = List.copyOf(blockers);
    }
}
