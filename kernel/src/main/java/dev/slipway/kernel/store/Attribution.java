package dev.slipway.kernel.store;

import java.util.List;

/// Who wrote, and why.
///
/// @param actor the user or controller
/// @param causes the newest revisions that led a controller to this write, at most [#MAX_CAUSES]
/// @param note what a client said of its reason (commit, pipeline, ticket), or `resync`; may be empty
/// @param origin where the write came from
public record Attribution(String actor, List<Long> causes, String note, Origin origin) {
    /// How many causes a revision keeps; the newest ones.
    public static final int MAX_CAUSES = 16;

    /// Stands between the note and the origin where both are kept as one text, and in no note.
    private static final char SEPARATOR = '\u001e';

    /// A write from here.
    public Attribution(String actor, List<Long> causes, String note) {
        this(actor, causes, note, Origin.NONE);
    }

    public Attribution {
        note = note.replace(SEPARATOR, ' ');
        causes =
                causes.stream()
                        .sorted(java.util.Comparator.reverseOrder())
                        .limit(MAX_CAUSES)
                        .toList();
    }

    /// The same with another note.
    public Attribution noted(String other) {
        return new Attribution(actor, causes, other, origin);
    }

    /// The note, and after it the origin where there is one: what the log keeps, and its digests are over.
    String kept() {
        return origin.equals(Origin.NONE) ? note : note + SEPARATOR + origin.text();
    }

    /// Reads what [#kept()] gave.
    static Attribution of(String actor, List<Long> causes, String kept) {
        var end = kept.indexOf(SEPARATOR);
        return end < 0
                ? new Attribution(actor, causes, kept)
                : new Attribution(
                        actor, causes, kept.substring(0, end), Origin.of(kept.substring(end + 1)));
    }

    /// A write of a person, without a stated reason.
    public static Attribution of(String actor) {
        return new Attribution(actor, List.of(), "");
    }
}
