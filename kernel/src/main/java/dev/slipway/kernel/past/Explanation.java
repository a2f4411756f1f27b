package dev.slipway.kernel.past;

import dev.slipway.kernel.store.Revision;
import java.util.List;
import java.util.Optional;

/// Why a value is what it is: the write that set it, and what led to that write.
///
/// @param path of the value; without steps for the object as a whole
/// @param value as it may be shown; empty where the value was taken away
/// @param setBy the write; the oldest that is known to have had the value where `older` says so
/// @param managers the field managers that the object then named as owners of the value, the newest first
/// @param changes what else that write changed
/// @param older whether the value may be older than `setBy`, because earlier revisions are not kept or too many
/// @param chains how the write came about, the shortest first; at least one
public record Explanation(
        TreePath path,
        Optional<Object> value,
        Revision setBy,
        List<String> managers,
        Differences changes,
        boolean older,
        List<Chain> chains) {
    /// From a write to one of its first causes.
    ///
    /// @param links the write first; empty revisions are not kept any more
    public record Chain(List<Link> links, End end) {
        public Chain {
            links = List.copyOf(links);
        }
    }

    /// One write of a chain.
    public record Link(long number, Optional<Revision> revision) {}

    /// What a chain of causes ends with.
    public enum End {
        /// A write that nothing else led to: a person's, or a program's from outside.
        ORIGIN,
        /// A controller that looked at everything anew, without a cause.
        RESYNC,
        /// A revision that is not kept any more.
        COMPACTED,
        /// More causes than are followed.
        TOO_FAR
    }

    public Explanation {
        managers = List.copyOf(managers);
        chains = List.copyOf(chains);
    }
}
