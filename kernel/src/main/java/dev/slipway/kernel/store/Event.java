package dev.slipway.kernel.store;

import java.util.Optional;

/// One revision as a watcher sees it.
///
/// @param object the resource after it; for a deletion its last state at the deletion's revision
/// @param previous the resource before it; empty for a creation, and where it was compacted
public record Event(Operation operation, StoredObject object, Optional<StoredObject> previous) {
    public long revision() {
        return object.revision();
    }
}
