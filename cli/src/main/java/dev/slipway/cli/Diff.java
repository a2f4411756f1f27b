package dev.slipway.cli;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `slipway diff`: how an object, or all that a selector matches, differs between two moments.
///
/// Exits as `kubectl diff` does: 0 where nothing differs, 1 where something does, 2 where it could not be found out.
final class Diff {
    static final Verb VERB =
            new Verb(
                    "diff",
                    "KIND [NAME] [-n NAMESPACE | -A] [-l SELECTOR] --from REVISION|TIME [--to REVISION|TIME] [-o json]",
                    "show how objects differ between two moments (--to: now); exit code 0 same, 1 different, 2 error",
                    List.of(
                            Option.NAMESPACE,
                            Option.ALL_NAMESPACES,
                            Option.SELECTOR,
                            Option.FROM,
                            Option.TO),
                    Diff::run);

    static final int SAME = 0;
    static final int DIFFERENT = 1;
    static final int FAILED = 2;

    private Diff() {}

    private static int run(Session session) {
        try {
            return compare(session);
        } catch (ProblemException e) {
            session.complain(Outcome.line(e.problem()));
            return FAILED;
        }
    }

    private static int compare(Session session) {
        var arguments = session.arguments();
        var from =
                arguments
                        .value(Option.FROM)
                        .orElseThrow(() ->
                                new UsageException(
                                        "--from is missing: a revision (71) or a time (2026-01-31T12:00:00Z)"));
        var object = PastObject.of(session);
        if (!object.name().isEmpty() && arguments.has(Option.SELECTOR)) {
            throw new UsageException("a name and a selector are given: leave out one");
        }
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("diffFrom", from);
        parameters.put("diffTo", arguments.value(Option.TO).orElse(""));
        parameters.put("labelSelector", arguments.value(Option.SELECTOR).orElse(""));
        var list = object.ask(session, "", parameters);
        print(session, list);
        return Json.list(list, "items").isEmpty() ? SAME : DIFFERENT;
    }

    private static void print(Session session, Map<String, Object> list) {
        if (session.arguments().output("json").equals("json")) {
            session.print("json", list);
            return;
        }
        for (var item : Json.list(list, "items")) {
            DiffText.of(Json.cast((Map<?, ?>) item)).forEach(session.out()::println);
        }
        if (Boolean.TRUE.equals(list.get("more"))) {
            session.complain("further objects differ: narrow it with a selector");
        }
    }
}
