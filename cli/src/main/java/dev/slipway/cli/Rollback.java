package dev.slipway.cli;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `slipway rollback`: brings an object back to what it was, or undoes all that one cause did.
final class Rollback {
    static final Verb VERB =
            new Verb(
                    "rollback",
                    "KIND NAME --to REVISION|TIME|rN [--with-children] | --cause REVISION|TEXT | --noted TEXT [-n NAMESPACE] [--dry-run] [-o json]",
                    "bring back what was, or undo all that one cause did, in one commit; rN is a revision of a graph; --dry-run shows the plan",
                    List.of(
                            Option.NAMESPACE,
                            Option.TO,
                            Option.CAUSE,
                            Option.NOTED,
                            Option.WITH_CHILDREN,
                            Option.DRY_RUN),
                    Rollback::run);

    private static final String PATH = "/apis/slipway.dev/v1alpha1/rollbacks?fieldManager=";

    private Rollback() {}

    private static int run(Session session) {
        if (GraphRollback.isMeant(session)) {
            return GraphRollback.run(session);
        }
        var dryRun = session.arguments().has(Option.DRY_RUN);
        var reason =
                Stream.of(Option.CAUSE, Option.NOTED).filter(session.arguments()::has).findFirst();
        var object =
                reason.isPresent() ? Optional.<PastObject>empty() : Optional.of(object(session));
        var spec =
                reason.map(option -> ofReason(session, option))
                        .orElseGet(() -> toObject(session, object.orElseThrow()));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("apiVersion", "slipway.dev/v1alpha1");
        body.put("kind", "Rollback");
        body.put("spec", spec);
        var target = PATH + Writer.MANAGER + (dryRun ? "&dryRun=All" : "");
        var plan =
                PastQuestions.ask(
                        object.map(PastObject::shown).orElse(""),
                        () -> session.api().json(Call.with("POST", target, body)));
        if (session.arguments().output("json").equals("json")) {
            session.print("json", plan);
        } else {
            print(session, plan);
        }
        return Cli.DONE;
    }

    private static Map<String, Object> ofReason(Session session, Option option) {
        var arguments = session.arguments();
        if (!arguments.words().isEmpty()
                || arguments.has(Option.TO)
                || arguments.has(Option.WITH_CHILDREN)
                || (option == Option.CAUSE && arguments.has(Option.NOTED))) {
            throw new UsageException(option.word() + " stands alone: it finds its objects itself");
        }
        var reason = arguments.value(option).orElse("");
        if (reason.isBlank()) {
            throw new UsageException(
                    option == Option.CAUSE
                            ? "--cause needs a revision (71) or what revisions were noted with"
                            : "--noted needs what revisions were noted with");
        }
        return Map.of(option == Option.CAUSE ? "cause" : "noted", reason);
    }

    private static PastObject object(Session session) {
        if (!session.arguments().has(Option.TO)) {
            throw new UsageException(
                    "--to is missing: a revision (71) or a time (2026-01-31T12:00:00Z)");
        }
        return PastObject.one(session);
    }

    private static Map<String, Object> toObject(Session session, PastObject object) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("object", reference(object));
        spec.put("to", session.arguments().value(Option.TO).orElse(""));
        spec.put("withChildren", session.arguments().has(Option.WITH_CHILDREN));
        return spec;
    }

    private static Map<String, Object> reference(PastObject object) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("apiVersion", object.kind().apiVersion());
        reference.put("kind", object.kind().kind());
        reference.put("namespace", object.namespace());
        reference.put("name", object.name());
        return reference;
    }

    private static void print(Session session, Map<String, Object> plan) {
        for (var item : Json.list(plan, "writes")) {
            var write = Json.cast((Map<?, ?>) item);
            session.out().println(line(write));
            Json.list(write, "changes")
                    .forEach(change -> session.out().println("      " + History.detail(change)));
        }
        Json.list(plan, "warnings")
                .forEach(warning -> session.environment().err().println("Warning: " + warning));
        session.out().println(Json.string(plan, "summary"));
    }

    /// `update  ConfigMap default/web  as in revision 71, undoing 75, 84; now revision 90`.
    private static String line(Map<String, Object> write) {
        var namespace = Json.string(write, "namespace");
        var undone = Json.list(write, "undoes");
        return "%s  %s %s%s  %s%s%s%s"
                .formatted(
                        Json.string(write, "operation"),
                        Json.string(write, "kind"),
                        namespace.isEmpty() ? "" : namespace + "/",
                        Json.string(write, "name"),
                        write.containsKey("restores")
                                ? "as in revision %s".formatted(write.get("restores"))
                                : "which was not there",
                        undone.isEmpty() ? "" : ", undoing " + numbers(undone),
                        write.containsKey("revision")
                                ? "; now revision %s".formatted(write.get("revision"))
                                : "",
                        Boolean.TRUE.equals(write.get("waiting"))
                                ? "; it goes when its finalizers are done"
                                : "");
    }

    /// How many numbers are shown, the newest ones.
    private static final int MAX_NUMBERS = 8;

    private static String numbers(List<Object> numbers) {
        var shown =
                numbers.reversed().stream()
                        .limit(MAX_NUMBERS)
                        .map(Json::text)
                        .collect(Collectors.joining(", "));
        return numbers.size() > MAX_NUMBERS ? shown + " and older" : shown;
    }
}
