package dev.slipway.kernel.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A database whose past can be let go bit by bit.
interface Compactable {
    /// What was found between two revisions.
    ///
    /// @param reached the last one that was looked at
    /// @param examined how many were looked at; 0 where nothing is old enough
    record Findings(List<Removal> removals, long reached, int examined) {}

    /// Looks at some revisions after a number that are older than a period of the retention; any thread.
    Findings survey(Retention retention, Duration period, long after, Instant now);

    /// Lets revisions go, all or none of them, and leaves those be that have changed since they were found; called by
    /// the thread that appends.
    ///
    /// @return how many went
    int remove(List<Removal> removals);

    /// What could take fewer bytes between two revisions.
    ///
    /// @param reached the last one that was looked at
    /// @param examined how many were looked at; 0 where nothing is old enough
    record Packable(List<Repacking> repackings, long reached, int examined) {}

    /// Looks at some revisions after a number that have an age for bodies that can be packed; any thread.
    Packable packable(Duration age, long after, Instant now);

    /// Packs bodies, all or none of them, and leaves those be that have changed since they were looked at; called by
    /// the thread that appends.
    ///
    /// @return how many bytes were saved
    long pack(List<Repacking> repackings);

    /// Gives some room back to the disk, where much is free; called by the thread that appends.
    ///
    /// @return whether there is more to give back
    boolean shrink();
}
