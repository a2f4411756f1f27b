package dev.slipway.cli;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `slipway get`: shows one resource, several, or all of a kind.
final class Get {
    static final Verb VERB =
            new Verb(
                    "get",
                    "KIND [NAME…] [-n NAMESPACE | -A] [-l SELECTOR] [-o json|yaml|wide|name]",
                    "show resources",
                    List.of(Option.NAMESPACE, Option.ALL_NAMESPACES, Option.SELECTOR),
                    Get::run);

    private static final String TABLE =
            "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    private Get() {}

    private static int run(Session session) {
        var words = session.arguments().words();
        if (words.isEmpty()) {
            throw new UsageException("KIND is missing");
        }
        var output = session.arguments().output("json", "yaml", "wide", "name");
        var kinds =
                List.of(words.getFirst().split(",", -1)).stream()
                        .flatMap(word -> session.kinds().called(word).stream())
                        .distinct()
                        .toList();
        var paths = paths(session, kinds, words.subList(1, words.size()));
        switch (output) {
            case "json", "yaml" -> session.print(output, whole(session, paths));
            case "name" -> names(session, paths);
            default -> tables(session, paths, output.equals("wide"));
        }
        return Cli.DONE;
    }

    /// A question and the kind that it is about.
    private record Asked(ServedKind kind, String path, boolean one) {}

    private static List<Asked> paths(Session session, List<ServedKind> kinds, List<String> names) {
        var asked = new ArrayList<Asked>();
        for (var kind : kinds) {
            var everywhere = session.arguments().has(Option.ALL_NAMESPACES);
            var namespace = everywhere ? "" : session.namespace();
            if (names.isEmpty()) {
                asked.add(new Asked(kind, kind.path(namespace) + selector(session), false));
            }
            if (everywhere && !names.isEmpty()) {
                throw new UsageException("a name belongs to one namespace: leave out -A");
            }
            names.forEach(name -> asked.add(new Asked(kind, kind.path(namespace, name), true)));
        }
        return asked;
    }

    private static String selector(Session session) {
        return session.arguments()
                .value(Option.SELECTOR)
                .map(selector -> "?labelSelector=" + ServedKind.encoded(selector))
                .orElse("");
    }

    // ---- whole objects

    private static Object whole(Session session, List<Asked> asked) {
        if (asked.size() == 1 && asked.getFirst().one()) {
            return session.api().get(asked.getFirst().path()).tree();
        }
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("apiVersion", "v1");
        list.put("kind", "List");
        list.put("items", asked.stream().flatMap(one -> objects(session, one).stream()).toList());
        return list;
    }

    private static List<Object> objects(Session session, Asked asked) {
        var answer = session.api().json(Call.get(asked.path()));
        if (asked.one()) {
            return List.of(answer);
        }
        return Json.list(answer, "items").stream()
                .map(item -> (Object) complete(Json.cast((Map<?, ?>) item), asked.kind()))
                .toList();
    }

    /// The items of lists may leave out what the list says.
    private static Map<String, Object> complete(Map<String, Object> item, ServedKind kind) {
        Map<String, Object> complete = new LinkedHashMap<>();
        complete.put("apiVersion", kind.apiVersion());
        complete.put("kind", kind.kind());
        complete.putAll(item);
        return complete;
    }

    private static void names(Session session, List<Asked> asked) {
        for (var one : asked) {
            for (var object : objects(session, one)) {
                session.out()
                        .println(
                                one.kind().shownAs()
                                        + "/"
                                        + new Resource(Json.cast((Map<?, ?>) object)).name());
            }
        }
    }

    // ---- tables

    private static void tables(Session session, List<Asked> asked, boolean wide) {
        var shown = 0;
        for (var one : asked) {
            var call = Call.get(one.path()).header("Accept", TABLE);
            var table = new Table(session.api().json(call), wide);
            if (table.isEmpty()) {
                continue;
            }
            if (shown++ > 0) {
                session.out().println();
            }
            var namespaces =
                    session.arguments().has(Option.ALL_NAMESPACES) && one.kind().namespaced();
            table.print(session.out(), namespaces);
        }
        if (shown == 0) {
            session.complain(nothing(session, asked));
        }
    }

    private static String nothing(Session session, List<Asked> asked) {
        var everywhere =
                session.arguments().has(Option.ALL_NAMESPACES)
                        || asked.stream().noneMatch(one -> one.kind().namespaced());
        return everywhere
                ? "no resources found"
                : "no resources found in namespace " + session.namespace();
    }
}
