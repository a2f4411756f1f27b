package dev.slipway.kernel.rollback;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.past.Content;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.StoredObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Finds some revisions and all that they led to, and what others did later to the same objects.
final class CauseScope {
    private final Store store;
    private final Rollback rollback;
    private final Predicate<Revision> root;
    private final Set<Long> caused = new HashSet<>();
    private final Map<ResourceKey, Touched> touched = new LinkedHashMap<>();

    /// An object that the cause has changed.
    private static final class Touched {
        private final List<Long> revisions = new ArrayList<>();
        private final List<Blocker> later = new ArrayList<>();

        /// What it is after the revisions so far, without status and bookkeeping.
        private Map<String, Object> content = Map.of();
    }

    private CauseScope(Store store, Rollback rollback, Predicate<Revision> root) {
        this.store = store;
        this.rollback = rollback;
        this.root = root;
    }

    static Scope of(Store store, Rollback.OfRevision rollback, State state) {
        var number = rollback.number();
        if (number > state.revision()) {
            throw Problem.badRequest(
                            "revision %d does not exist yet: the newest is %d"
                                    .formatted(number, state.revision()))
                    .exception();
        }
        if (store.revision(number).isEmpty()) {
            throw Problem.of(
                            Reason.NOT_FOUND,
                            "there is no revision %d: it never was, or was compacted"
                                    .formatted(number))
                    .exception();
        }
        return new CauseScope(store, rollback, revision -> revision.number() == number)
                .scope(number - 1, state);
    }

    static Scope of(Store store, Rollback.OfNote rollback, State state) {
        var from = LogScan.begin(store, state.revision());
        var search =
                new CauseScope(
                        store,
                        rollback,
                        revision -> revision.attribution().note().equals(rollback.note()));
        var scope = search.scope(from, state);
        if (search.touched.isEmpty()) {
            throw Problem.of(
                            Reason.NOT_FOUND,
                            "no revision since %d was made because of \"%s\""
                                    .formatted(from + 1, rollback.note()))
                    .exception();
        }
        return scope;
    }

    private Scope scope(long after, State state) {
        LogScan.between(store, after, state.revision(), this::read);
        var undos = new ArrayList<Undo>();
        var blockers = new ArrayList<Blocker>();
        touched.forEach((key, one) -> {
            var target = before(key, one.revisions.getFirst());
            if (!isSo(target, state.get(key))) {
                undos.add(new Undo(key, target, one.revisions));
                blockers.addAll(one.later);
            }
        });
        return new Scope(undos, blockers);
    }

    /// What an object was before the first of these revisions.
    private Optional<Revision> before(ResourceKey key, long first) {
        try {
            return ObjectScope.at(store, key, first - 1);
        } catch (ProblemException e) {
            throw Problem.of(
                            e.problem().reason(),
                            "%s needs what %s was before revision %d: %s"
                                    .formatted(rollback, key, first, e.problem().message()))
                    .exception();
        }
    }

    /// Whether an object is already what it was before: then others may have changed it as they like.
    private static boolean isSo(Optional<Revision> target, Optional<StoredObject> live) {
        return target.map(revision -> anonymous(revision.body()))
                .equals(live.map(object -> anonymous(object.body())));
    }

    /// The content of whatever object has the name.
    private static Map<String, Object> anonymous(byte[] body) {
        var content = content(body);
        Json.child(content, "metadata").keySet().removeAll(List.of("uid", "creationTimestamp"));
        return content;
    }

    private void read(Revision revision) {
        var known = touched.get(revision.key());
        if (root.test(revision) || !Collections.disjoint(caused, revision.attribution().causes())) {
            caused.add(revision.number());
            take(revision, known == null ? begun(revision.key()) : known);
        } else if (known != null) {
            takeLater(revision, known);
        }
    }

    private Touched begun(ResourceKey key) {
        var one = new Touched();
        touched.put(key, one);
        if (touched.size() > Scope.MAX_OBJECTS) {
            throw ObjectScope.tooMany(rollback).exception();
        }
        return one;
    }

    private static void take(Revision revision, Touched one) {
        one.revisions.add(revision.number());
        one.content = content(revision.body());
    }

    /// Somebody else's write, unless it changed nothing but the status.
    private static void takeLater(Revision revision, Touched one) {
        var content = content(revision.body());
        if (revision.operation() != Operation.UPDATE || !content.equals(one.content)) {
            one.later.add(
                    new Blocker(
                            revision.key(),
                            "was %sd later by %s, in revision %d"
                                    .formatted(
                                            revision.operation()
                                                    .name()
                                                    .toLowerCase(java.util.Locale.ROOT),
                                            revision.attribution().actor(),
                                            revision.number())));
        }
        one.content = content;
    }

    /// What somebody wants of an object: without its status and without bookkeeping.
    static Map<String, Object> content(byte[] body) {
        var content = Content.of(Json.readObject(body));
        content.remove("status");
        return content;
    }
}
