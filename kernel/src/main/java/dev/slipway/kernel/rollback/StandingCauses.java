package dev.slipway.kernel.rollback;

import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Holds a rollback against the causes of what it undoes: what a controller wrote for a reason that stays, it would
/// write again.
final class StandingCauses {
    private final Store store;
    private final State state;
    private final Set<ResourceKey> concerned;
    private final Set<ResourceKey> vanishing;

    /// The undone revisions, also those that changed no more than a status.
    private final Set<Long> undone = new HashSet<>();

    private final Map<Long, Boolean> wishes = new HashMap<>();

    private StandingCauses(Store store, State state, Rollback rollback, List<Undo> undos) {
        this.store = store;
        this.state = state;
        this.concerned =
                undos.stream().map(Undo::key).collect(Collectors.toCollection(HashSet::new));
        if (rollback instanceof Rollback.OfObject one) {
            concerned.add(one.key());
        }
        this.vanishing =
                undos.stream()
                        .filter(undo -> undo.target().isEmpty())
                        .map(Undo::key)
                        .collect(Collectors.toSet());
        undos.forEach(undo -> undone.addAll(undo.revisions()));
    }

    static List<Blocker> of(Store store, State state, Rollback rollback, List<Undo> undos) {
        var causes = new StandingCauses(store, state, rollback, undos);
        return rollback instanceof Rollback.OfObject one && causes.vanishing.contains(one.key())
                ? List.of()
                : undos.stream().flatMap(undo -> causes.blocker(undo).stream()).toList();
    }

    /// The newest revision that would be written again tells best how to choose another one to go back to.
    private Optional<Blocker> blocker(Undo undo) {
        return undo.revisions().reversed().stream()
                .flatMap(number -> store.revision(number).stream())
                .filter(revision -> !revision.attribution().causes().isEmpty() && isWish(revision))
                .flatMap(revision ->
                        standing(revision).map(cause -> blocker(revision, cause)).stream())
                .findFirst();
    }

    /// The cause for which a revision would be written again, best one that is a wish itself.
    private Optional<Revision> standing(Revision revision) {
        var stay = new ArrayList<Revision>();
        var goes = false;
        for (var number : revision.attribution().causes()) {
            var cause = store.revision(number);
            if (cause.isEmpty() || state.get(cause.get().key()).isEmpty()) {
                continue;
            }
            if (!undone.contains(number) || !isWish(cause.get())) {
                stay.add(cause.get());
            } else if (vanishing.contains(cause.get().key())) {
                return Optional.empty();
            } else {
                goes = true;
            }
        }
        return goes
                ? stay.stream().filter(this::isForeign).findFirst()
                : stay.stream()
                        .filter(this::isWish)
                        .findFirst()
                        .or(() -> stay.stream().findFirst());
    }

    /// Whether somebody wants something else of another object, which is reason enough beside others.
    private boolean isForeign(Revision cause) {
        return !concerned.contains(cause.key()) && isWish(cause);
    }

    /// Whether more changed than what a rollback leaves as it is.
    private boolean isWish(Revision revision) {
        return wishes.computeIfAbsent(revision.number(), _ -> changesAWish(revision));
    }

    private boolean changesAWish(Revision revision) {
        return revision.operation() != Operation.UPDATE
                || store.revision(revision.previous())
                        .filter(before -> wish(before).equals(wish(revision)))
                        .isEmpty();
    }

    private static Map<String, Object> wish(Revision revision) {
        return Restoration.wish(CauseScope.content(revision.body()));
    }

    private Blocker blocker(Revision revision, Revision cause) {
        var what =
                "was %sd in revision %d because of %s in revision %d, which stays, and %s would do it again: "
                        .formatted(
                                revision.operation().name().toLowerCase(Locale.ROOT),
                                revision.number(),
                                cause.key().equals(revision.key()) ? "itself" : cause.key(),
                                cause.number(),
                                revision.attribution().actor());
        return new Blocker(
                revision.key(),
                what
                        + (concerned.contains(cause.key())
                                ? "go back to %d or later".formatted(revision.number())
                                : "roll that back first"));
    }
}
