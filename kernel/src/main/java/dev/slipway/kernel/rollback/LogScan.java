package dev.slipway.kernel.rollback;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.Store;
import java.util.Set;
import java.util.function.Consumer;

/// Reads a stretch of the log from old to new, without what is never undone.
final class LogScan {
    /// How many revisions a rollback looks at.
    static final long MAX_REVISIONS = 100_000;

    private static final int PAGE = 500;

    /// They tell what happened, and it did.
    private static final Set<KindKey> RECORDS =
            Set.of(
                    KindKey.of("", "events"),
                    KindKey.of("events.k8s.io", "events"),
                    KindKey.of("coordination.k8s.io", "leases"));

    private LogScan() {}

    /// The number after which lie as many revisions as are looked at, or all there are. Numbers do not tell: compaction
    /// leaves holes, and a restored log has a very large one.
    static long begin(Store store, long newest) {
        var span = MAX_REVISIONS;
        var begin = Math.max(0, newest - span);
        var left = MAX_REVISIONS - count(store, begin, newest, MAX_REVISIONS);
        while (begin > 0 && left > 0) {
            span *= 2;
            var earlier = Math.max(0, newest - span);
            var more = count(store, earlier, begin, left + 1);
            if (more > left) {
                return begin;
            }
            left -= more;
            begin = earlier;
        }
        return begin;
    }

    /// Shows each revision after one and up to another.
    static void between(Store store, long after, long upTo, Consumer<Revision> reader) {
        var read =
                pages(
                        store,
                        after,
                        upTo,
                        MAX_REVISIONS,
                        revision -> {
                            if (!RECORDS.contains(revision.key().kind())) {
                                reader.accept(revision);
                            }
                        });
        if (read > MAX_REVISIONS) {
            throw Problem.badRequest(
                            "a rollback looks at no more than %d revisions, and more than these were made since revision %d"
                                    .formatted(MAX_REVISIONS, after))
                    .exception();
        }
    }

    private static long count(Store store, long after, long upTo, long atMost) {
        return pages(store, after, upTo, atMost, _ -> {});
    }

    /// Reads up to a number, or until it were more than so many revisions; returns how many there are, or one more than
    /// the bound.
    private static long pages(
            Store store, long after, long upTo, long atMost, Consumer<Revision> reader) {
        var read = 0L;
        for (var page = store.log(after, PAGE);
                !page.isEmpty();
                page = store.log(page.getLast().number(), PAGE)) {
            for (var revision : page) {
                if (revision.number() > upTo) {
                    return read;
                }
                if (++read > atMost) {
                    return read;
                }
                reader.accept(revision);
            }
        }
        return read;
    }
}
