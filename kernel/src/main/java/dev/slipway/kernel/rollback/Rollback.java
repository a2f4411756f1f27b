package dev.slipway.kernel.rollback;

import dev.slipway.kernel.model.ResourceKey;

/// What somebody wants to be undone.
public sealed interface Rollback {
    /// All that happened to an object after a revision.
    ///
    /// @param to the revision whose state comes back, wherever in the log it lies
    /// @param withChildren whether to what the object owns, or its graph made for it, too
    record OfObject(ResourceKey key, long to, boolean withChildren) implements Rollback {
        @Override
        public String toString() {
            return "rollback to " + to;
        }
    }

    /// One revision, and all that it led to.
    record OfRevision(long number) implements Rollback {
        @Override
        public String toString() {
            return "rollback of " + number;
        }
    }

    /// All revisions that were noted with this reason, and all that they led to.
    record OfNote(String note) implements Rollback {
        @Override
        public String toString() {
            return "rollback of \"" + note + '"';
        }
    }

    /// As the revisions that it makes are noted.
    @Override
    String toString();
}
