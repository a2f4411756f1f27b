package dev.slipway.cli;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `slipway revisions`: what a graph's definition said, revision by revision, and who stays with which.
final class Revisions {
    static final Verb VERB =
            new Verb(
                    "revisions",
                    "GRAPH [-o json]",
                    "show the revisions of a graph's definition: who wrote each, when, what changed in it, which instances stay with it",
                    List.of(),
                    Revisions::run);

    /// How many relations the server tells of a revision at most.
    static final int MAX_PINNED = 1000;

    static final String DEFINITIONS = "kro.run/v1alpha1";
    static final String DEFINITION = "ResourceGraphDefinition";

    private Revisions() {}

    private static int run(Session session) {
        var words = session.arguments().words();
        if (words.size() != 1) {
            throw new UsageException(
                    words.isEmpty() ? "GRAPH is missing" : "unexpected word " + words.get(1));
        }
        var name = words.getFirst().substring(words.getFirst().indexOf('/') + 1);
        var kind = session.kinds().of(DEFINITIONS, DEFINITION, false);
        var definition =
                session.api()
                        .find(kind.path("", name))
                        .orElseThrow(() ->
                                Problem.of(
                                                Reason.NOT_FOUND,
                                                "there is no %s %s".formatted(DEFINITION, name))
                                        .exception());
        var kept = GraphRevision.named(session, name);
        if (session.arguments().output("json").equals("json")) {
            session.print("json", tree(session, definition, kept));
        } else {
            print(session, definition, kept);
        }
        return Cli.DONE;
    }

    private static void print(Session session, Resource definition, List<GraphRevision> kept) {
        var out = session.out();
        for (var revision : kept) {
            var pinned = pinned(session, revision);
            out.println(
                    "%s  issued at %s%s%s%s"
                            .formatted(
                                    revision.shown(),
                                    PastObject.when(revision.time()),
                                    revision.author().isEmpty() ? "" : " by " + revision.author(),
                                    isActive(revision, definition) ? "  active" : "",
                                    pinned == 0 ? "" : "  " + staying(pinned)));
            revision.changes().forEach(change -> out.println("      " + History.detail(change)));
            if (revision.hasMore()) {
                out.println("      and more fields");
            }
            if (revision.number() > 1 && !revision.tellsChanges()) {
                out.println("      (what changed in it was not kept)");
            }
        }
        if (kept.isEmpty()) {
            out.println("no revision of %s was issued yet".formatted(definition.name()));
        } else if (!isActive(kept.getFirst(), definition)) {
            out.println(
                    "%s as it is now is none of these: it is %s"
                            .formatted(
                                    definition.name(), Json.string(definition.status(), "state")));
        }
    }

    private static String staying(int pinned) {
        return pinned == 1
                ? "1 instance stays with it"
                : "%d%s instances stay with it"
                        .formatted(pinned, pinned == MAX_PINNED ? " or more" : "");
    }

    /// Whether instances without a pin are made by it: the last that was issued, if the definition still says so.
    private static boolean isActive(GraphRevision revision, Resource definition) {
        return Long.valueOf(revision.number()).equals(definition.status().get("lastIssuedRevision"))
                && Json.list(definition.status(), "conditions").stream()
                        .anyMatch(one ->
                                "GraphAccepted".equals(Json.at(one, "type"))
                                        && "True".equals(Json.at(one, "status")));
    }

    private static int pinned(Session session, GraphRevision revision) {
        var relations = session.api().json(Call.get(revision.path() + "/relations"));
        return (int)
                Json.list(relations, "items").stream()
                        .filter(one -> "pins".equals(Json.at(one, "type")))
                        .count();
    }

    private static Map<String, Object> tree(
            Session session, Resource definition, List<GraphRevision> kept) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("definition", definition.name());
        tree.put("items", kept.stream().map(one -> tree(session, definition, one)).toList());
        return tree;
    }

    private static Map<String, Object> tree(
            Session session, Resource definition, GraphRevision revision) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("revision", revision.number());
        tree.put("name", revision.resource().name());
        tree.put("time", revision.time());
        tree.put("author", revision.author());
        tree.put("active", isActive(revision, definition));
        tree.put("pinned", (long) pinned(session, revision));
        tree.put("changes", revision.changes());
        tree.put("moreChanges", revision.hasMore());
        return tree;
    }
}
