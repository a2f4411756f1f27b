package dev.slipway.kernel.store;

import java.util.List;
import java.util.Objects;

/// Changes that are stored together or not at all.
public record Commit(
        List<Change> changes, List<Precondition> preconditions, Attribution attribution) {
    /// How many changes one commit may hold.
    public static final int MAX_CHANGES = 10_000;

    public Commit {
        changes = List.copyOf(changes);
        preconditions = List.copyOf(preconditions);
        Objects.requireNonNull(attribution);
        if (changes.isEmpty() || changes.size() > MAX_CHANGES) {
            throw new IllegalArgumentException("a commit of %d changes".formatted(changes.size()));
        }
    }

    /// One change under preconditions.
    public static Commit of(
            Change change, List<Precondition> preconditions, Attribution attribution) {
        return new Commit(List.of(change), preconditions, attribution);
    }
}
