package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.time.Instant;

/// One entry of the log.
///
/// @param number strictly increasing over the whole store; the resource's `resourceVersion`
/// @param previous the number of the same key's revision before this one, 0 for the first and after a deletion
/// @param batch the first number of the commit that this revision belongs to
/// @param body as in [Change#body()]
public record Revision(
        long number,
        ResourceKey key,
        String uid,
        Operation operation,
        long previous,
        Attribution attribution,
        Instant time,
        long batch,
        byte[] body) {
    /// The resource as of this revision.
    public StoredObject object() {
        return new StoredObject(key, number, body);
    }
}
