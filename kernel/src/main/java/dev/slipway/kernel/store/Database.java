package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.util.List;
import java.util.Optional;

/// What a medium must offer to carry a store: an append that is all or nothing, and four ways to read.
///
/// Reads may come from any thread, also during an append; appends come from one thread at a time. Every method
/// throws a [dev.slipway.kernel.model.ProblemException] when the medium fails. Whether an append that failed is
/// on the medium is then unknown until the log is read again.
interface Database extends AutoCloseable {
    /// The state at the newest revision.
    StateView load();

    /// Makes revisions durable, all or none; their numbers follow the newest one without a gap.
    void append(List<Revision> revisions);

    Optional<Revision> revision(long number);

    List<Revision> log(long after, int limit);

    /// Across deletions: also what the key was before it was deleted and created again.
    List<Revision> history(ResourceKey key, int limit);

    @Override
    void close();
}
