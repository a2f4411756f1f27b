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

    /// Shows each revision after one and up to another.
    static void between(Store store, long after, long upTo, Consumer<Revision> reader) {
        if (upTo - after > MAX_REVISIONS) {
            throw Problem.badRequest(
                            "a rollback looks at no more than %d revisions, and revision %d is %d back"
                                    .formatted(MAX_REVISIONS, after, upTo - after))
                    .exception();
        }
        var at = after;
        for (var page = store.log(at, PAGE); !page.isEmpty(); page = store.log(at, PAGE)) {
            for (var revision : page) {
                if (revision.number() > upTo) {
                    return;
                }
                if (!RECORDS.contains(revision.key().kind())) {
                    reader.accept(revision);
                }
            }
            at = page.getLast().number();
        }
    }
}
