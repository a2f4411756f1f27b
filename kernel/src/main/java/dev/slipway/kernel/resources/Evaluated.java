package dev.slipway.kernel.resources;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Change;
import dev.slipway.kernel.store.Precondition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// A write that was evaluated and not committed: what would be stored, under which conditions.
///
/// @param exclusive whether the client asked for a certain revision or absence, so that losing the race is its
///     conflict and not ours to repeat
record Evaluated(
        Written written,
        List<Change> changes,
        List<Precondition> reliesOn,
        Optional<Problem> exclusive) {
    Evaluated {
        changes = List.copyOf(changes);
        reliesOn = List.copyOf(reliesOn);
    }

    /// Nothing to store.
    static Evaluated unchanged(Resource object, List<String> warnings) {
        return new Evaluated(
                new Written(object, Written.Effect.UNCHANGED, warnings),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /// What the client gets once the change is stored at a revision; what is gone has none.
    Written at(long revision) {
        if (written.effect() == Written.Effect.DELETED) {
            return written;
        }
        var metadata = new LinkedHashMap<>(written.object().metadata());
        metadata.put("resourceVersion", Long.toString(revision));
        var tree = new LinkedHashMap<>(written.object().tree());
        tree.put("metadata", metadata);
        return new Written(new Resource(tree), written.effect(), written.warnings());
    }

    /// The client's conflict when this precondition failed; empty when the write is to be evaluated anew.
    Optional<Problem> conflict(Precondition failed) {
        return failed.key().equals(changes.getLast().key()) ? exclusive : Optional.empty();
    }
}
