package dev.slipway.cli;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// One revision of a graph's definition, as the server keeps it.
///
/// @param number counts within the definition
/// @param path where it lies in the API
record GraphRevision(long number, String path, Resource resource) {
    private static final String API_VERSION = "internal.kro.run/v1alpha1";
    private static final String KIND = "GraphRevision";

    /// Those that are kept of the definition with this name, the newest first.
    static List<GraphRevision> named(Session session, String definition) {
        return all(session, one -> one.definition().equals(definition));
    }

    /// Those that are kept of the definition with this uid, the newest first.
    static List<GraphRevision> owned(Session session, String uid) {
        return all(
                session,
                one ->
                        Json.list(one.resource().metadata(), "ownerReferences").stream()
                                .anyMatch(owner -> uid.equals(Json.at(owner, "uid"))));
    }

    private static List<GraphRevision> all(Session session, Predicate<GraphRevision> wanted) {
        var kind = session.kinds().of(API_VERSION, KIND, false);
        return Json.list(session.api().json(Call.get(kind.path(""))), "items").stream()
                .map(item -> of(kind, new Resource(Json.cast((Map<?, ?>) item))))
                .filter(wanted)
                .sorted(Comparator.comparingLong(GraphRevision::number).reversed())
                .toList();
    }

    private static GraphRevision of(ServedKind kind, Resource revision) {
        var number = Json.at(revision.spec(), "revision") instanceof Long count ? count : 0;
        return new GraphRevision(number, kind.path("", revision.name()), revision);
    }

    /// Whether somebody may mean a revision: `3`, or `r3`.
    static boolean isNumber(String written) {
        return written.matches("r?[1-9][0-9]{0,17}");
    }

    /// The one of some revisions of a definition that somebody names.
    static GraphRevision called(String written, List<GraphRevision> kept, String definition) {
        var number = isNumber(written) ? Long.parseLong(written.replace("r", "")) : 0;
        return kept.stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow(() ->
                        Problem.of(Reason.NOT_FOUND, unknown(written, kept, definition))
                                .exception());
    }

    private static String unknown(String written, List<GraphRevision> kept, String definition) {
        var there = kept.stream().map(GraphRevision::shown).collect(Collectors.joining(", "));
        return "%s has no revision %s; %s"
                .formatted(
                        definition,
                        written,
                        there.isEmpty() ? "none is kept" : "there are " + there);
    }

    /// The name of the definition that it is of.
    String definition() {
        return Json.string(Json.object(resource.spec(), "snapshot"), "name");
    }

    /// The spec of the definition as it was.
    Map<String, Object> spec() {
        return Json.object(Json.object(resource.spec(), "snapshot"), "spec");
    }

    String author() {
        return Json.string(resource.status(), "author");
    }

    String time() {
        return Json.string(resource.metadata(), "creationTimestamp");
    }

    List<Object> changes() {
        return Json.list(resource.status(), "changes");
    }

    /// Whether it is told what changed: it is not of a revision whose predecessor was not kept, and not of the first.
    boolean tellsChanges() {
        return resource.status().containsKey("changes");
    }

    /// Whether more changed than is told.
    boolean hasMore() {
        return Boolean.TRUE.equals(resource.status().get("moreChanges"));
    }

    /// `r3`.
    String shown() {
        return "r" + number;
    }
}
