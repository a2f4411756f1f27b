package dev.slipway.cli;

import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `slipway history`: what happened to an object, the newest first.
final class History {
    static final Verb VERB =
            new Verb(
                    "history",
                    "KIND NAME [-n NAMESPACE] [--limit N] [-o json]",
                    "show who changed an object, when, what and why; also one that is gone",
                    List.of(Option.NAMESPACE, Option.LIMIT),
                    History::run);

    /// How many revisions are shown where nobody says.
    static final int LIMIT = 20;

    /// How many are asked for at once.
    static final int PAGE = 200;

    private History() {}

    private static int run(Session session) {
        var object = PastObject.one(session);
        var limit = limit(session);
        var list = read(session, object, limit);
        if (session.arguments().output("json").equals("json")) {
            session.print("json", list);
            return Cli.DONE;
        }
        print(session, list);
        if (!Json.string(Json.object(list, "metadata"), "continue").isEmpty()) {
            session.out().println("there are older ones: --limit %d".formatted(limit * 5));
        } else if (Boolean.TRUE.equals(list.get("compacted"))) {
            session.out().println("earlier revisions were compacted");
        }
        return Cli.DONE;
    }

    private static int limit(Session session) {
        var text = session.arguments().value(Option.LIMIT).orElse(Integer.toString(LIMIT));
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new UsageException("--limit takes a number of revisions");
        }
        return Integer.parseInt(text);
    }

    /// As many pages as it takes, as one list.
    private static Map<String, Object> read(Session session, PastObject object, int limit) {
        var items = new ArrayList<Object>();
        var next = "";
        Map<String, Object> page;
        do {
            var wanted = Math.min(PAGE, limit - items.size());
            page =
                    object.ask(
                            session,
                            "revisions",
                            Map.of("limit", Integer.toString(wanted), "continue", next));
            items.addAll(Json.list(page, "items"));
            next = Json.string(Json.object(page, "metadata"), "continue");
        } while (!next.isEmpty() && items.size() < limit);
        page.put("items", items);
        return page;
    }

    private static void print(Session session, Map<String, Object> list) {
        var life = "";
        for (var item : Json.list(list, "items")) {
            var uid = Session.text(item, "uid");
            if (!life.isEmpty() && !life.equals(uid)) {
                session.out().println("-- before, another object had this name --");
            }
            life = uid;
            print(session, item);
        }
    }

    private static void print(Session session, Object item) {
        var out = session.out();
        out.println("%s  %s".formatted(PastObject.number(item), PastObject.deed(item)));
        reasons(item).forEach(reason -> out.println("      because of " + reason));
        var tree = Json.cast((Map<?, ?>) item);
        Json.list(tree, "details").forEach(detail -> out.println("      " + detail(detail)));
        if (Boolean.TRUE.equals(tree.get("more"))) {
            out.println("      and more: slipway diff shows all");
        }
        if (Boolean.TRUE.equals(tree.get("shredded"))) {
            out.println("      (its content was destroyed when the object was deleted)");
        }
        if (Boolean.TRUE.equals(tree.get("gap"))) {
            out.println("      (revisions directly before this one were compacted)");
        }
    }

    /// What was said of the reason, and the revisions that led to it.
    static List<String> reasons(Object revision) {
        var reasons = new ArrayList<String>();
        var note = Session.text(revision, "note");
        if (note.equals("resync")) {
            reasons.add("a look at everything anew (resync)");
        } else if (!note.isEmpty()) {
            reasons.add('"' + note + '"');
        }
        if (Json.at(revision, "causes") instanceof List<?> causes && !causes.isEmpty()) {
            reasons.add(
                    (causes.size() == 1 ? "revision " : "revisions ")
                            + causes.stream().map(Json::text).collect(Collectors.joining(", ")));
        }
        return reasons;
    }

    /// `spec.replicas: 1 -> 2`.
    static String detail(Object detail) {
        var path = Session.text(detail, "path");
        var before = Json.at(detail, "before");
        var after = Json.at(detail, "after");
        if (before == null) {
            return "+ %s: %s".formatted(path, line(after));
        }
        return after == null
                ? "- %s: %s".formatted(path, line(before))
                : "~ %s: %s -> %s".formatted(path, line(before), line(after));
    }

    private static String line(@org.jspecify.annotations.Nullable Object value) {
        var text = String.valueOf(value).replaceAll("\\R", " ").strip();
        return text.isEmpty() ? "\"\"" : text;
    }
}
