package dev.slipway.kernel.resources;

import java.util.Optional;

/// How a deletion is made.
///
/// @param uid only this object, if given
/// @param resourceVersion only at this revision, if given
public record DeleteOptions(
        Propagation propagation, Optional<String> uid, Optional<String> resourceVersion) {
    /// What happens to the resources that the deleted one owns.
    public enum Propagation {
        /// As the object's own finalizers say; where they say nothing, as in the background.
        AS_MARKED,
        /// They are collected afterwards.
        BACKGROUND,
        /// They go first; the owner waits for those that block it.
        FOREGROUND,
        /// They stay and lose their owner reference.
        ORPHAN
    }

    public static final DeleteOptions BACKGROUND =
            new DeleteOptions(Propagation.BACKGROUND, Optional.empty(), Optional.empty());
}
