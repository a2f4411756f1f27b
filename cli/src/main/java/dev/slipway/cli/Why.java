package dev.slipway.cli;

import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `slipway why`: which write made a value what it is, and what led to that write.
final class Why {
    static final Verb VERB =
            new Verb(
                    "why",
                    "KIND NAME [.path | --not-ready] [-n NAMESPACE] [-o json]",
                    "say who set a value, and what led to it: slipway why deployment web .spec.replicas; or what an object waits for",
                    List.of(Option.NAMESPACE, Option.NOT_READY),
                    Why::run);

    private Why() {}

    private static int run(Session session) {
        if (session.arguments().has(Option.NOT_READY)) {
            return WhyNotReady.run(session);
        }
        var object = PastObject.one(session, 1);
        var words = session.arguments().words();
        var path = words.size() > (words.getFirst().contains("/") ? 1 : 2) ? words.getLast() : "";
        var found = object.ask(session, "why", Map.of("path", path));
        if (session.arguments().output("json").equals("json")) {
            session.print("json", found);
        } else {
            print(session, object, found);
        }
        return Cli.DONE;
    }

    private static void print(Session session, PastObject object, Map<String, Object> found) {
        var out = session.out();
        out.println(object.shown() + (isWhole(found) ? "" : "  " + value(found)));
        var chains = Json.list(found, "chains");
        var first = chains.isEmpty() ? Map.of() : chains.getFirst();
        var links = Json.list(Json.cast((Map<?, ?>) first), "links");
        for (int i = 0; i < links.size(); i++) {
            var known = i == 0 ? setBy(found) : link(links.get(i));
            out.println((i == 0 ? "  " : "  <- ") + known);
            History.reasons(links.get(i)).stream()
                    .filter(reason -> !reason.startsWith("revision"))
                    .forEach(reason -> out.println("       because of " + reason));
        }
        out.println("  " + end(Session.text(first, "end"), chains.size() - 1));
        if (isWhole(found)) {
            Json.list(found, "changes")
                    .forEach(change -> out.println("  " + History.detail(change)));
        }
    }

    private static boolean isWhole(Map<String, Object> found) {
        return Json.string(found, "path").isEmpty();
    }

    private static String value(Map<String, Object> found) {
        var path = Json.string(found, "path");
        return found.containsKey("value")
                ? "%s: %s".formatted(path, found.get("value"))
                : path + " is not there any more";
    }

    private static String setBy(Map<String, Object> found) {
        var revision = found.get("setBy");
        var managers =
                Json.list(found, "managers").stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
        return "%s revision %s, %s%s"
                .formatted(
                        Boolean.TRUE.equals(found.get("older")) ? "since before" : "since",
                        PastObject.number(revision == null ? Map.of() : revision),
                        PastObject.deed(revision == null ? Map.of() : revision),
                        managers.isEmpty() ? "" : " (field manager " + managers + ")");
    }

    private static String link(Object link) {
        var number = PastObject.number(link);
        if (Json.at(link, "compacted") != null) {
            return "revision %s, which was compacted".formatted(number);
        }
        if (Json.at(link, "forbidden") != null) {
            return "revision %s, of an object that you may not read".formatted(number);
        }
        var namespace = Session.text(link, "object", "namespace");
        return "revision %s: %s %s%s %s"
                .formatted(
                        number,
                        Session.text(link, "object", "kind"),
                        namespace.isEmpty() ? "" : namespace + "/",
                        Session.text(link, "object", "name"),
                        PastObject.deed(link));
    }

    private static String end(String end, int others) {
        var said =
                switch (end) {
                    case "origin" -> "There it began";
                    case "resync" ->
                            "A controller looked at everything anew: nothing else led to it";
                    case "compacted" -> "What led to that is not kept any more";
                    case "too_far" -> "More led to that than is followed";
                    default -> "The server does not say what led to it";
                };
        return said + (others > 0 ? "; %d more in -o json.".formatted(others) : ".");
    }
}
