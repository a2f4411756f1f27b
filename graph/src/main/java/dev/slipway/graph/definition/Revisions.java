package dev.slipway.graph.definition;

import dev.slipway.graph.compile.Author;
import dev.slipway.graph.compile.Graph;
import dev.slipway.graph.compile.Node;
import dev.slipway.graph.condition.Condition;
import dev.slipway.graph.condition.Conditions;
import dev.slipway.graph.write.Writes;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.StoredObject;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The revisions of definitions: one is issued for each spec that compiles and differs from the one before.
final class Revisions {
    /// How many revisions of a definition are kept.
    static final int MAX_KEPT = 5;

    private static final String LAST_ISSUED = "lastIssuedRevision";

    private final Resources resources;
    private final Clock clock;

    Revisions(Resources resources, Clock clock) {
        this.resources = resources;
        this.clock = clock;
    }

    /// The number of the last revision of a definition that was issued, whether or not it is still there; 0 for none.
    long lastIssued(Resource definition) {
        return last(definition, of(definition));
    }

    /// Issues a revision of a definition that compiles, unless the last one is of the same spec, and lets the oldest
    /// go, but for those that an instance is pinned to; gives the number of the last.
    long issue(Graph graph, Resource definition, Writes writes) {
        var served = resources.kinds().byKind(Revision.API_VERSION, Revision.NAME).orElseThrow();
        var kept = of(definition);
        var last = last(definition, kept);
        if (!kept.isEmpty() && kept.getLast().isOf(definition.spec())) {
            complete(served, graph, definition, kept, writes);
            return last;
        }
        var made = writes.apply(served, Revision.of(definition, last + 1));
        writes.status(served, made, status(graph, made, definition, kept));
        var old = kept.stream().limit(Math.max(0, kept.size() + 1 - MAX_KEPT)).toList();
        var pinned =
                old.isEmpty()
                        ? Set.of()
                        : Pin.all(resources.state(), graph.definition().instances());
        old.stream()
                .filter(revision -> !pinned.contains(Long.toString(revision.number())))
                .forEach(revision -> writes.delete(served, revision.resource()));
        return last + 1;
    }

    /// Says of the last one what was not said when it was made: the process may have ended in between.
    private void complete(
            Served served, Graph graph, Resource definition, List<Revision> kept, Writes writes) {
        var last = kept.getLast().resource();
        if (last.status().isEmpty() && !last.terminating()) {
            var before = kept.subList(0, kept.size() - 1);
            writes.status(served, last, status(graph, last, definition, before));
        }
    }

    /// Numbers are not given again, even where the newest revision was deleted.
    private static long last(Resource definition, List<Revision> kept) {
        var told = Json.at(definition.status(), LAST_ISSUED) instanceof Long number ? number : 0;
        return kept.isEmpty() ? told : Math.max(told, kept.getLast().number());
    }

    /// Those that are there, the oldest first.
    private List<Revision> of(Resource definition) {
        return resources.state().list(Revision.KIND).stream()
                .filter(stored -> Revision.definition(stored).equals(definition.name()))
                .map(StoredObject::resource)
                .map(Revision::new)
                .sorted(Comparator.comparingLong(Revision::number))
                .toList();
    }

    /// @param kept the revisions from before
    private Map<String, Object> status(
            Graph graph, Resource revision, Resource definition, List<Revision> kept) {
        var verified = Condition.holds("GraphVerified", "Verified", "the graph is valid");
        Map<String, Object> status = new LinkedHashMap<>();
        Author.name(definition).ifPresent(name -> status.put("author", name));
        if (!kept.isEmpty()) {
            status.putAll(RevisionChanges.since(kept.getLast(), new Revision(revision)));
        }
        status.put("topologicalOrder", graph.nodes().stream().map(Node::id).toList());
        status.put(
                "conditions",
                Conditions.trees(
                        Conditions.withReady(List.of(verified)), revision, clock.instant()));
        return Json.copy(status);
    }
}
