package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a medium must offer to carry a store: an append that is all or nothing, and ways to read.
///
/// Reads may come from any thread, also during an append; appends come from one thread at a time, and where several
/// processes share the medium it lets them append one after the other. Every method throws a
/// [dev.slipway.kernel.model.ProblemException] when the medium fails. Whether an append that failed is on the medium
/// is then unknown until the log is read again, which the next append does by itself.
interface Database extends AutoCloseable {
    /// What is to be appended, decided while nobody else can append.
    interface Decision {
        /// Takes in revisions that lie after what was known; oldest first, perhaps in several pages.
        void missed(List<Revision> page);

        /// What to append after all that was missed; nothing where no commit holds. Must have no other effect,
        /// because it is called again where an append has to be repeated.
        ///
        /// @param epoch of the lease that the medium keeps; 0 where nobody ever held it
        List<Revision> decide(long epoch);
    }

    /// The state at the newest revision.
    StateView load();

    /// The number of the newest revision; 0 for an empty log.
    long newest();

    /// Lets the decision take in what lies after `known`, then makes what it decides durable, all or none.
    ///
    /// @throws OutrunException where some of that was compacted
    void append(long known, Decision decision);

    Optional<Revision> revision(long number);

    /// Some revisions by their numbers; what was compacted is left out.
    default Map<Long, Revision> revisions(Collection<Long> numbers) {
        var found = HashMap.<Long, Revision>newHashMap(numbers.size());
        numbers.forEach(
                number -> revision(number).ifPresent(revision -> found.put(number, revision)));
        return found;
    }

    /// The revisions after a number, oldest first; what was compacted is left out.
    List<Revision> log(long after, int limit);

    /// The revisions after the newest one that is known, oldest first.
    ///
    /// @throws RewoundException where the log no longer holds what is known of it, as [#append] does
    /// @throws OutrunException where some of that was compacted
    default List<Revision> following(long known, int limit) {
        return log(known, limit);
    }

    /// The revisions of a key with a number below `before`, newest first, across deletions.
    List<Revision> history(ResourceKey key, long before, int limit);

    /// The newest revision of a key at a number, a deletion too; empty where there was none.
    ///
    /// @throws dev.slipway.kernel.model.ProblemException of reason `EXPIRED` where it was compacted
    Optional<Revision> at(ResourceKey key, long number);

    /// The newest revisions at a number of all that existed then of a kind.
    ///
    /// @throws dev.slipway.kernel.model.ProblemException of reason `EXPIRED` where some were compacted
    List<Revision> past(KindKey kind, long number);

    /// The number of the newest revision that was written at a time or before; 0 where there is none.
    long numberAt(Instant time);

    /// The time of the newest revision that is there, [Instant#MIN] for an empty log: what damage did to the revision
    /// itself does not matter.
    Instant newestTime();

    /// How far compaction has come with a kind.
    Horizon horizon(KindKey kind);

    /// How far compaction has come with the kind that it has come furthest with.
    Horizon horizon();

    @Override
    void close();
}
