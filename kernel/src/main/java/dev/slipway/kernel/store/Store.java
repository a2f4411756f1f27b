package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The one log, and the state folded from it. All methods may be called from any thread.
///
/// A write is acknowledged only when it is durable and visible in [#state()]. Any method throws a
/// [dev.slipway.kernel.model.ProblemException] (`SERVICE_UNAVAILABLE`, `INSUFFICIENT_STORAGE` or `INTERNAL_ERROR`)
/// when the medium fails; the commit is then not acknowledged. Numbers grow, and compaction leaves gaps.
public interface Store extends AutoCloseable {
    /// Stores all changes, or none when a precondition fails; blocks until durable and visible.
    ///
    /// Each change is also checked against the state: a `CREATE` of a key that exists and an `UPDATE` or `DELETE` of
    /// one that does not fail like a precondition.
    Outcome commit(Commit commit);

    /// Everything that exists now; never older than the last commit acknowledged by this process.
    State state();

    /// Everything that exists now; never older than the last commit acknowledged by any process when it was asked
    /// for. May ask the medium, and so is dearer than [#state()].
    State fresh();

    /// One revision, wherever it lies in the log.
    Optional<Revision> revision(long number);

    /// The revisions with a number greater than `after`, oldest first, at most `limit`; fewer where they are large. Only
    /// an empty list says that there are no more.
    List<Revision> log(long after, int limit);

    /// The revisions of a key with a number less than `before`, newest first, at most `limit`; also of a key that was
    /// deleted. Fewer where they are large, but two if there are two. They end where compaction has taken the rest: then
    /// the last one's `previous` is not 0.
    List<Revision> history(ResourceKey key, long before, int limit);

    /// The newest revisions of a key, newest first, at most `limit`.
    default List<Revision> history(ResourceKey key, int limit) {
        return history(key, Long.MAX_VALUE, limit);
    }

    /// The newest revision of a key at a number, which may be its deletion, or one whose content was destroyed since
    /// ([Revision#shredded()]); empty for a key that never was before or whose deletion was compacted.
    ///
    /// Throws a problem of reason `EXPIRED` where it was compacted, and `BAD_REQUEST` for a number yet to come.
    Optional<Revision> at(ResourceKey key, long number);

    /// The resources of one kind as they were at a number, as a state without other kinds. Of a resource whose content
    /// was destroyed since it tells what its deletion left ([State#destroyed()]).
    ///
    /// Throws a problem of reason `EXPIRED`, which names the earliest number there is, where some of it was compacted,
    /// and `BAD_REQUEST` for a number yet to come.
    State past(KindKey kind, long number);

    /// The deletion with which the content of a revision was destroyed; empty where the content is still there.
    Optional<Revision> deletion(Revision revision);

    /// The number of the newest revision that was written at a time or before; 0 where there is none.
    long numberAt(Instant time);

    /// A watch of everything in a scope after a revision.
    Watch watch(Scope scope, long after);

    /// How many watches are open.
    int watches();

    @Override
    void close();
}
