package dev.slipway.kernel.past;

import dev.slipway.kernel.kind.Redaction;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.past.HistoryPage.Entry;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Tells what happened to an object.
final class History {
    /// How many differences of one revision are told.
    static final int MAX_DIFFERENCES = 50;

    private final Store store;

    History(Store store) {
        this.store = store;
    }

    /// The newest revisions before a number.
    HistoryPage page(ResourceKey key, Redaction redaction, long before, int limit) {
        var revisions = store.history(key, before, limit + 1);
        var more = revisions.size() > limit || isCutShort(revisions);
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < revisions.size() - (more ? 1 : 0); i++) {
            entries.add(entry(revisions, i, redaction));
        }
        return new HistoryPage(
                entries,
                more
                        ? OptionalLong.of(entries.getLast().revision().number())
                        : OptionalLong.empty(),
                !more && !revisions.isEmpty() && revisions.getLast().previous() != 0);
    }

    /// Whether more follows, which was left out because revisions are large. What the last one changed is told with the
    /// page that begins with it.
    private boolean isCutShort(List<Revision> revisions) {
        if (revisions.size() < 2 || revisions.getLast().previous() == 0) {
            return false;
        }
        var last = revisions.getLast();
        return !store.history(last.key(), last.number(), 1).isEmpty();
    }

    /// What a revision changed, where the one before it is known.
    static Differences changes(Revision before, Revision after, Redaction redaction) {
        return Differences.between(
                Content.of(before), Content.of(after), redaction, MAX_DIFFERENCES);
    }

    private static Entry entry(List<Revision> revisions, int at, Redaction redaction) {
        var revision = revisions.get(at);
        if (revision.operation() == Operation.CREATE || revision.shredded()) {
            return new Entry(revision, Differences.NONE, false);
        }
        if (at + 1 == revisions.size()) {
            return new Entry(revision, Differences.NONE, revision.previous() != 0);
        }
        var older = revisions.get(at + 1);
        var changes =
                revision.operation() == Operation.DELETE
                        ? Differences.NONE
                        : changes(older, revision, redaction);
        return new Entry(revision, changes, revision.previous() != older.number());
    }
}
