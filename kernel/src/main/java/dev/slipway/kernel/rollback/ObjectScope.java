package dev.slipway.kernel.rollback;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.past.Destruction;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what happened to an object, and if wanted to its children, since a revision.
final class ObjectScope {
    private static final int PAGE = 500;

    private final Store store;
    private final Rollback.OfObject rollback;
    private final Map<ResourceKey, List<Long>> found = new LinkedHashMap<>();

    private ObjectScope(Store store, Rollback.OfObject rollback) {
        this.store = store;
        this.rollback = rollback;
    }

    static Scope of(Store store, Rollback.OfObject rollback, State state) {
        if (store.history(rollback.key(), 1).isEmpty()) {
            throw Problem.notFound(rollback.key()).exception();
        }
        var scope = new ObjectScope(store, rollback);
        scope.found.put(rollback.key(), scope.since(state.revision()));
        if (rollback.withChildren()) {
            scope.children(state);
        }
        return new Scope(
                scope.found.entrySet().stream()
                        .filter(one -> !one.getValue().isEmpty())
                        .map(one ->
                                new Undo(
                                        one.getKey(),
                                        at(store, one.getKey(), rollback.to()),
                                        one.getValue()))
                        .toList(),
                List.of());
    }

    /// The object at a revision, unless it was not there.
    static Optional<Revision> at(Store store, ResourceKey key, long number) {
        var revision = store.at(key, number).filter(one -> one.operation() != Operation.DELETE);
        revision.ifPresent(one -> Destruction.refuse(store, one));
        return revision;
    }

    /// The revisions of the object itself, oldest first.
    private List<Long> since(long upTo) {
        var numbers = new ArrayList<Long>();
        var before = upTo + 1;
        while (true) {
            var page = store.history(rollback.key(), before, PAGE);
            for (var revision : page) {
                if (revision.number() <= rollback.to()) {
                    return numbers.reversed();
                }
                numbers.add(revision.number());
            }
            if (page.isEmpty()) {
                return numbers.reversed();
            }
            before = page.getLast().number();
        }
    }

    private void children(State state) {
        var family = new Family();
        at(store, rollback.key(), rollback.to()).map(Revision::object).ifPresent(family::add);
        state.get(rollback.key()).ifPresent(family::add);
        family.addDescendants(state);
        LogScan.between(
                store,
                rollback.to(),
                state.revision(),
                revision -> {
                    var own = revision.key().equals(rollback.key());
                    if (own || family.holds(revision.object())) {
                        family.add(revision.object());
                        if (!own) {
                            add(revision);
                        }
                    }
                });
    }

    private void add(Revision revision) {
        found.computeIfAbsent(revision.key(), _ -> new ArrayList<>()).add(revision.number());
        if (found.size() > Scope.MAX_OBJECTS) {
            throw tooMany(rollback).exception();
        }
    }

    static Problem tooMany(Rollback rollback) {
        return Problem.badRequest(
                "%s concerns more than %d objects".formatted(rollback, Scope.MAX_OBJECTS));
    }
}
