package dev.slipway.cli;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.List;

/// `slipway rollback GRAPH --to r3`: lets a definition say again what it said in a revision of its own.
final class GraphRollback {
    private static final String PLAN = "application/json;as=Plan;v=v1alpha1;g=slipway.dev";

    /// The manager that kubectl's apply on the client writes as.
    private static final String CLIENT_SIDE = "kubectl-client-side-apply";

    private GraphRollback() {}

    /// Whether that is what is asked for.
    static boolean isMeant(Session session) {
        return session.arguments()
                .value(Option.TO)
                .filter(to -> to.startsWith("r") && GraphRevision.isNumber(to))
                .isPresent();
    }

    static int run(Session session) {
        var object = PastObject.one(session);
        if (!object.kind().apiVersion().equals(Revisions.DEFINITIONS)
                || !object.kind().kind().startsWith("ResourceGraph")) {
            throw new UsageException(
                    "%s is a revision of a graph, and a %s has none: --to takes a revision of the log (71) or a time"
                            .formatted(
                                    session.arguments().value(Option.TO).orElse(""),
                                    object.kind().kind()));
        }
        var arguments = session.arguments();
        if (arguments.has(Option.WITH_CHILDREN)) {
            throw new UsageException(
                    "--with-children is for revisions of the log: instances follow their definition by themselves");
        }
        var revision =
                GraphRevision.called(
                        arguments.value(Option.TO).orElse(""),
                        GraphRevision.named(session, object.name()),
                        object.name());
        var call = call(session, object, revision);
        if (arguments.has(Option.DRY_RUN)) {
            return plan(session, object, call);
        }
        var after = session.api().json(call);
        if (arguments.output("json").equals("json")) {
            session.print("json", after);
        } else {
            session.out()
                    .println(
                            "%s says again what it said in its revision %s"
                                    .formatted(object.shown(), revision.shown()));
        }
        return Cli.DONE;
    }

    private static Call call(Session session, PastObject object, GraphRevision revision) {
        var live = session.api().get(object.path());
        var tree = Json.copy(live.tree());
        tree.put("spec", revision.spec());
        var target =
                "%s?fieldManager=%s%s"
                        .formatted(
                                object.path(),
                                manager(live),
                                session.arguments().has(Option.DRY_RUN) ? "&dryRun=All" : "");
        return Call.with("PUT", target, tree)
                .header("Slipway-Cause", "back to revision " + revision.shown());
    }

    /// Who writes: whose file the definition is from owns what it says afterwards, too, so that the file can be applied
    /// and planned as before.
    private static String manager(Resource live) {
        return Json.list(live.metadata(), "managedFields").stream()
                        .anyMatch(entry -> CLIENT_SIDE.equals(Json.at(entry, "manager")))
                ? CLIENT_SIDE
                : Writer.MANAGER;
    }

    private static int plan(Session session, PastObject object, Call call) {
        var plan = session.api().json(call.header("Accept", PLAN));
        if (session.arguments().output("json").equals("json")) {
            session.print("json", plan);
        } else {
            new PlanText(session.out(), session::complain, List.of(object.shown())).print(plan);
        }
        return PlanText.isBad(plan) ? Cli.FAILED : Cli.DONE;
    }
}
