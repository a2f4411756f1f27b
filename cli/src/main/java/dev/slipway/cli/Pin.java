package dev.slipway.cli;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `slipway pin`: lets an instance of a graph stay with a revision of its definition, or go on with the newest.
final class Pin {
    static final Verb VERB =
            new Verb(
                    "pin",
                    "KIND NAME REVISION | KIND NAME --none [-n NAMESPACE] [--dry-run]",
                    "make an instance of a graph as a revision of its definition says (slipway revisions GRAPH lists them), or by the newest with --none",
                    List.of(Option.NAMESPACE, Option.NONE, Option.DRY_RUN),
                    Pin::run);

    private static final String ANNOTATION = "slipway.dev/graph-revision";
    private static final String DEFINITION_ID = "kro.run/resource-graph-definition-id";

    private Pin() {}

    private static int run(Session session) {
        var releases = session.arguments().has(Option.NONE);
        var object = PastObject.one(session, releases ? 0 : 1);
        var written = releases ? "" : revision(session);
        var instance = session.api().get(object.path());
        var definition = instance.label(DEFINITION_ID);
        if (definition.isEmpty()) {
            throw Problem.of(
                            Reason.BAD_REQUEST,
                            "%s is not an instance of a graph".formatted(object.shown()))
                    .exception();
        }
        if (releases) {
            write(session, object, instance, null);
            session.out().println(object.shown() + " goes on with the newest revision");
        } else {
            pin(session, object, instance, definition.get(), written);
        }
        return Cli.DONE;
    }

    private static String revision(Session session) {
        var words = session.arguments().words();
        if (words.size() == (words.getFirst().contains("/") ? 1 : 2)) {
            throw new UsageException("REVISION is missing, or --none");
        }
        if (!GraphRevision.isNumber(words.getLast())) {
            throw new UsageException(
                    "%s is no revision of a graph: write 3, or r3".formatted(words.getLast()));
        }
        return words.getLast();
    }

    private static void pin(
            Session session,
            PastObject object,
            Resource instance,
            String definition,
            String written) {
        var kept = GraphRevision.owned(session, definition);
        var name = kept.isEmpty() ? "its definition" : kept.getFirst().definition();
        var revision = GraphRevision.called(written, kept, name);
        write(session, object, instance, Long.toString(revision.number()));
        session.out()
                .println(
                        "%s stays with revision %s of %s"
                                .formatted(object.shown(), revision.shown(), name));
    }

    /// @param value of the annotation; null takes it away
    private static void write(
            Session session, PastObject object, Resource instance, @Nullable String value) {
        Map<String, Object> annotations = new LinkedHashMap<>();
        Json.put(annotations, ANNOTATION, value);
        var body = Map.of("metadata", Map.of("uid", instance.uid(), "annotations", annotations));
        var target =
                "%s?fieldManager=%s%s"
                        .formatted(
                                object.path(),
                                Writer.MANAGER,
                                session.arguments().has(Option.DRY_RUN) ? "&dryRun=All" : "");
        session.api()
                .json(
                        Call.with("PATCH", target, body)
                                .header("Content-Type", "application/merge-patch+json"));
    }
}
