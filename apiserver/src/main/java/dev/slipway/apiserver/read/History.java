package dev.slipway.apiserver.read;

import dev.slipway.apiserver.wire.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.Store;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Answers `…/NAME/revisions`: what happened to a resource, newest first. Thread-safe.
public final class History {
    /// How many revisions an answer lists.
    public static final int MAX_REVISIONS = 50;

    private final Store store;

    public History(Store store) {
        this.store = store;
    }

    public Map<String, Object> of(ResourceKey key) {
        var revisions = store.history(key, MAX_REVISIONS + 1);
        var items = new ArrayList<Object>();
        for (int i = 0; i < Math.min(revisions.size(), MAX_REVISIONS); i++) {
            var revision = revisions.get(i);
            var changes =
                    revision.previous() == 0 || i + 1 == revisions.size()
                            ? List.<String>of()
                            : changes(revisions.get(i + 1), revision);
            items.add(item(revision, changes));
        }
        return Tree.of(
                "kind", "RevisionList", "apiVersion", "slipway.dev/v1alpha1", "items", items);
    }

    private static Map<String, Object> item(Revision revision, List<String> changes) {
        var attribution = revision.attribution();
        return Tree.of(
                "revision", revision.number(),
                "time", revision.time().truncatedTo(ChronoUnit.MILLIS).toString(),
                "actor", attribution.actor(),
                "operation", revision.operation().name().toLowerCase(Locale.ROOT),
                "note", attribution.note(),
                "causes", attribution.causes(),
                "changes", changes);
    }

    private static List<String> changes(Revision before, Revision after) {
        return after.operation() == Operation.DELETE
                ? List.of()
                : Differences.between(told(before), told(after));
    }

    /// Without the bookkeeping that changes at every write.
    private static Map<String, Object> told(Revision revision) {
        var tree = Json.readObject(revision.body());
        var metadata = Json.child(tree, "metadata");
        metadata.remove("managedFields");
        metadata.remove("generation");
        return tree;
    }
}
