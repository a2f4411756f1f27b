package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.util.List;
import java.util.Optional;

/// The one log, and the state folded from it. All methods may be called from any thread.
///
/// A write is acknowledged only when it is durable and visible in [#state()]. Any method throws a
/// [dev.slipway.kernel.model.ProblemException] (`SERVICE_UNAVAILABLE` or `INTERNAL_ERROR`) when the medium fails;
/// the commit is then not acknowledged.
public interface Store extends AutoCloseable {
    /// Stores all changes, or none when a precondition fails; blocks until durable and visible.
    ///
    /// Each change is also checked against the state: a `CREATE` of a key that exists and an `UPDATE` or `DELETE` of
    /// one that does not fail like a precondition.
    Outcome commit(Commit commit);

    /// Everything that exists now; never older than the last acknowledged commit.
    State state();

    /// One revision, wherever it lies in the log.
    Optional<Revision> revision(long number);

    /// The revisions with a number greater than `after`, oldest first, at most `limit`.
    List<Revision> log(long after, int limit);

    /// The revisions of a key, newest first, at most `limit`; also of a key that was deleted.
    List<Revision> history(ResourceKey key, int limit);

    /// A watch of everything in a scope after a revision.
    Watch watch(Scope scope, long after);

    /// How many watches are open.
    int watches();

    @Override
    void close();
}
