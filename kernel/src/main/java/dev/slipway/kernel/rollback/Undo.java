package dev.slipway.kernel.rollback;

import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Revision;
import java.util.List;
import java.util.Optional;

/// What is to be undone of one object.
///
/// @param target what comes back; empty where the object was not there
/// @param revisions what is undone, the oldest first
record Undo(ResourceKey key, Optional<Revision> target, List<Long> revisions) {
    Undo {
        revisions = List.copyOf(revisions);
    }
}
