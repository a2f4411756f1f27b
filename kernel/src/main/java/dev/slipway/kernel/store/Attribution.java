package dev.slipway.kernel.store;

import java.util.List;

/// Who wrote, and why.
///
/// @param actor the user or controller
/// @param causes the newest revisions that led a controller to this write, at most [#MAX_CAUSES]
/// @param note what a client said of its reason (commit, pipeline, ticket), or `resync`; may be empty
public record Attribution(String actor, List<Long> causes, String note) {
    /// How many causes a revision keeps; the newest ones.
    public static final int MAX_CAUSES = 16;

    public Attribution {
        causes =
                causes.stream()
                        .sorted(java.util.Comparator.reverseOrder())
                        .limit(MAX_CAUSES)
                        .toList();
    }

    /// A write of a person, without a stated reason.
    public static Attribution of(String actor) {
        return new Attribution(actor, List.of(), "");
    }
}
