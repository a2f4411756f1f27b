package dev.slipway.kernel.past;

import dev.slipway.kernel.store.Revision;
import java.util.List;
import java.util.OptionalLong;

/// Some of what happened to an object, newest first; also across its deletions.
///
/// @param next before which revision the next page begins; empty where this is the last
/// @param compacted whether revisions before the last one existed and are not kept any more
public record HistoryPage(List<Entry> entries, OptionalLong next, boolean compacted) {
    /// One revision and what it changed.
    ///
    /// @param changes empty for a creation, a deletion and where the revision before is not kept
    /// @param gap whether revisions directly before it are not kept any more, so that the changes may be theirs too
    public record Entry(Revision revision, Differences changes, boolean gap) {}

    public HistoryPage {
        entries = List.copyOf(entries);
    }
}
