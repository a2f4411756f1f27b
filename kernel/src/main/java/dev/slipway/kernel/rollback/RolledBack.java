package dev.slipway.kernel.rollback;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.past.Differences;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Revision;
import java.util.List;
import java.util.Optional;

/// What a rollback did, or in a dry run would do.
///
/// @param steps the writes in their order; none where everything is already so
/// @param warnings what admission said to them
/// @param revisions what was stored, one for each step; none in a dry run
public record RolledBack(List<Step> steps, List<String> warnings, List<Revision> revisions) {
    /// One write.
    ///
    /// @param target the revision whose state comes back; empty for a deletion
    /// @param undone the revisions that are undone, oldest first
    /// @param changes of an update, redacted
    /// @param waiting whether a deletion waits for finalizers
    public record Step(
            Kind kind,
            ResourceKey key,
            Operation operation,
            Optional<Long> target,
            List<Long> undone,
            Differences changes,
            boolean waiting) {
        public Step {
            undone = List.copyOf(undone);
        }
    }

    public RolledBack {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
        revisions = List.copyOf(revisions);
    }
}
