package dev.slipway.kernel.kind;

import java.util.List;

/// The kinds of the product that are posted and answered, and never stored: requests for their paths never reach a kind
/// of others, so no other kind may have their names.
public final class Doors {
    /// The group that all of them are in.
    public static final String GROUP = "slipway.dev";

    private static final List<Names> NAMES =
            List.of(
                    Names.of("plans", "Plan"),
                    Names.of("rollbacks", "Rollback"),
                    Names.of("selfsubjectnamespacesreviews", "SelfSubjectNamespacesReview"));

    private Doors() {}

    /// Whether a plural or a kind of a group is one of theirs.
    public static boolean has(String group, String plural, String kind) {
        return group.equals(GROUP)
                && NAMES.stream()
                        .anyMatch(one -> one.plural().equals(plural) || one.kind().equals(kind));
    }
}
