package dev.slipway.portal.page;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.portal.page.ThingPage.Changed;
import dev.slipway.portal.page.ThingPage.KeptRow;
import dev.slipway.portal.reading.ApiKind;
import dev.slipway.portal.reading.Related;
import dev.slipway.portal.reading.Trees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The revisions of a thing that are kept as things of their own, the newest first.
///
/// Any kind may be one whose name ends in `Revision`: it refers to what it is a revision of, and says in `spec.revision`
/// its number, in `status` its `author` and `changes` `{path, before, after}`; who stays with it relates to it as `pins`. The thing itself
/// says in `status.lastIssuedRevision` which is the last, and by the condition `GraphAccepted` that it still says so.
final class KeptRows {
    /// How many are shown.
    static final int MAX = 20;

    private static final String NAME = "Revision";
    private static final String PINS = "pins";

    /// A revision, its number, and the page that it leads to.
    private record Kept(Long number, Resource resource, String path, String page) {}

    private KeptRows() {}

    static List<KeptRow> of(Visit visit, Resource thing, List<Related> related) {
        var active = active(thing);
        var kept = new ArrayList<Kept>();
        related.stream()
                .filter(one -> one.exists() && !one.outgoing())
                .forEach(one ->
                        kind(visit, one)
                                .flatMap(kind -> kept(visit, kind, one))
                                .ifPresent(kept::add));
        return kept.stream()
                .sorted(Comparator.comparingLong(Kept::number).reversed())
                .limit(MAX)
                .map(one -> row(visit, one, active.filter(one.number()::equals).isPresent()))
                .toList();
    }

    /// The number of the revision that counts; empty where the thing says by now what none of them does.
    private static Optional<Long> active(Resource thing) {
        var accepted =
                Trees.objects(Json.list(thing.status(), "conditions")).stream()
                        .anyMatch(one ->
                                Json.string(one, "type").equals("GraphAccepted")
                                        && Json.string(one, "status").equals("True"));
        return accepted && thing.status().get("lastIssuedRevision") instanceof Long number
                ? Optional.of(number)
                : Optional.empty();
    }

    private static Optional<ApiKind> kind(Visit visit, Related one) {
        return visit.index().of(one.group(), one.kind()).filter(kind -> kind.kind().endsWith(NAME));
    }

    private static Optional<Kept> kept(Visit visit, ApiKind kind, Related one) {
        try {
            return visit.client().find(one.path()).flatMap(found -> kept(found, kind, one));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static Optional<Kept> kept(Resource found, ApiKind kind, Related one) {
        return found.spec().get("revision") instanceof Long number
                ? Optional.of(
                        new Kept(number, found, one.path(), kind.page(one.namespace(), one.name())))
                : Optional.empty();
    }

    private static KeptRow row(Visit visit, Kept kept, boolean active) {
        var status = kept.resource().status();
        return new KeptRow(
                new Value.Text("r" + kept.number(), kept.page(), false),
                active,
                Trees.moment(kept.resource().metadata().get("creationTimestamp")),
                Json.string(status, "author"),
                Trees.objects(Json.list(status, "changes")).stream()
                        .map(KeptRows::changed)
                        .toList(),
                staying(visit, kept.path()));
    }

    private static Changed changed(Map<String, Object> change) {
        return new Changed(
                Json.string(change, "path"),
                Json.string(change, "before"),
                Json.string(change, "after"));
    }

    private static String staying(Visit visit, String path) {
        var count =
                Related.read(visit.client(), path).stream()
                        .filter(one -> one.type().equals(PINS))
                        .count();
        return count == 0 ? "" : count < Related.MAX ? Long.toString(count) : count + " or more";
    }
}
