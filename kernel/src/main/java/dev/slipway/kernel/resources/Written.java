package dev.slipway.kernel.resources;

import dev.slipway.kernel.model.Resource;
import java.util.List;

/// What came of a write that was accepted.
///
/// @param object the resource after it; for a deletion its last state, or the terminating one while finalizers hold it
/// @param effect what happened in the store
/// @param warnings for the client to show
public record Written(Resource object, Effect effect, List<String> warnings) {
    public enum Effect {
        CREATED,
        UPDATED,
        /// The object was already so; no revision was made.
        UNCHANGED,
        DELETED,
        /// Marked for deletion; finalizers still hold it.
        TERMINATING
    }

    public Written {
        warnings = List.copyOf(warnings);
    }
}
