package dev.slipway.graph.instance;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What came of deleting what a graph no longer asks for.
///
/// @param failure why something could not be deleted
/// @param left what is being deleted, and held by others
record Pruned(Optional<String> failure, List<Member> left) {
    /// Nothing is left to be said.
    static final Pruned ALL = new Pruned(Optional.empty(), List.of());

    Pruned {
        left = List.copyOf(left);
    }

    /// What is to be told of it; empty where all of it went.
    Optional<String> message() {
        return failure.map(why -> "what is no longer asked for cannot be deleted: " + why)
                .or(() ->
                        left.isEmpty()
                                ? Optional.empty()
                                : Optional.of(
                                        "waiting for what is no longer asked for to go: "
                                                + left.stream()
                                                        .map(Member::title)
                                                        .collect(Collectors.joining(", "))));
    }
}
