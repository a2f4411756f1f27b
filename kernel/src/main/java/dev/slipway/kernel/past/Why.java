package dev.slipway.kernel.past;

import dev.slipway.kernel.kind.Redaction;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.Store;
import java.util.List;
import java.util.Optional;

/// Finds the write that made a value what it is.
final class Why {
    /// How many revisions of the object are looked at.
    static final int MAX_REVISIONS = 10_000;

    private static final int PAGE = 200;

    private final Store store;

    Why(Store store) {
        this.store = store;
    }

    /// What was found on the way back from the newest revision.
    ///
    /// @param setBy the oldest of the newest revisions that agree about the value
    /// @param before the revision before it; empty for a creation, and where it is not kept
    /// @param value what they agree about
    private record Found(Revision setBy, Optional<Revision> before, Optional<Object> value) {
        boolean older() {
            return before.isEmpty() && setBy.previous() != 0;
        }
    }

    /// Why the value at a path is so; the path without steps stands for everything but the status.
    ///
    /// Empty for an object that never was; throws a `NOT_FOUND` for a value that never was.
    Optional<Explanation> of(ResourceKey key, Redaction redaction, TreePath path) {
        var newest = store.history(key, 1);
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        refuseDestroyed(newest.getFirst(), path);
        var found = search(newest.getFirst(), path);
        if (found.value().isEmpty() && found.before().isEmpty()) {
            throw never(key, path, found.older()).exception();
        }
        return Optional.of(explained(found, redaction, path));
    }

    /// Of what took its content along when it was deleted, only the deletion can be explained.
    private void refuseDestroyed(Revision newest, TreePath path) {
        if (newest.operation() == Operation.DELETE && !path.isRoot()) {
            store.history(newest.key(), newest.number(), 1).stream()
                    .filter(Revision::shredded)
                    .findFirst()
                    .ifPresent(_ -> {
                        throw Destruction.refusal("%s of %s".formatted(path, newest.key()), newest);
                    });
        }
    }

    private Found search(Revision newest, TreePath path) {
        var setBy = newest;
        var value = value(newest, path);
        for (int looked = 0; looked < MAX_REVISIONS; ) {
            var page = store.history(newest.key(), setBy.number(), PAGE);
            for (var older : page) {
                if (isBorder(setBy, path) || !value(older, path).equals(value)) {
                    return new Found(setBy, before(setBy, older), value);
                }
                setBy = older;
            }
            if (page.isEmpty()) {
                break;
            }
            looked += page.size();
        }
        return new Found(setBy, Optional.empty(), value);
    }

    /// Whether what came before cannot be the reason: the object began there, or went.
    private static boolean isBorder(Revision revision, TreePath path) {
        return revision.operation() == Operation.CREATE
                || (path.isRoot() && revision.operation() == Operation.DELETE);
    }

    private static Optional<Revision> before(Revision revision, Revision older) {
        return revision.operation() == Operation.CREATE ? Optional.empty() : Optional.of(older);
    }

    private static Optional<Object> value(Revision revision, TreePath path) {
        var tree = Content.of(revision);
        if (path.isRoot()) {
            tree.remove("status");
        }
        return path.in(tree);
    }

    private Explanation explained(Found found, Redaction redaction, TreePath path) {
        var setBy = found.setBy();
        return new Explanation(
                path,
                path.isRoot() ? Optional.empty() : path.in(redaction.redacted(Content.of(setBy))),
                setBy,
                owners(setBy.object().resource(), path),
                found.before()
                        .filter(_ -> setBy.operation() == Operation.UPDATE)
                        .map(before -> History.changes(before, setBy, redaction))
                        .orElse(Differences.NONE),
                found.older(),
                CauseWalk.from(setBy, store::revision));
    }

    private static List<String> owners(Resource object, TreePath path) {
        return path.positioned(object.tree())
                .map(place -> FieldOwners.of(object, place))
                .orElse(List.of());
    }

    private static Problem never(ResourceKey key, TreePath path, boolean older) {
        return Problem.of(
                Reason.NOT_FOUND,
                "%s has no %s, and had none %s"
                        .formatted(
                                key,
                                path,
                                older
                                        ? "in the revisions that are kept of it"
                                        : "since it was created"));
    }
}
