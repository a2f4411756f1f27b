package dev.slipway.kernel.store;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/// Changes that are stored together or not at all.
///
/// @param epoch of the lease that it is made under: once another holder has taken the lease, it is refused
public record Commit(
        List<Change> changes,
        List<Precondition> preconditions,
        Attribution attribution,
        OptionalLong epoch) {
    /// How many changes one commit may hold.
    public static final int MAX_CHANGES = 10_000;

    public Commit {
        changes = List.copyOf(changes);
        preconditions = List.copyOf(preconditions);
        Objects.requireNonNull(attribution);
        Objects.requireNonNull(epoch);
        if (changes.isEmpty() || changes.size() > MAX_CHANGES) {
            throw new IllegalArgumentException("a commit of %d changes".formatted(changes.size()));
        }
    }

    /// Changes that need no lease.
    public Commit(List<Change> changes, List<Precondition> preconditions, Attribution attribution) {
        this(changes, preconditions, attribution, OptionalLong.empty());
    }

    /// One change under preconditions.
    public static Commit of(
            Change change, List<Precondition> preconditions, Attribution attribution) {
        return new Commit(List.of(change), preconditions, attribution);
    }
}
