package dev.slipway.apiserver.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Selectors, paths, names and query parameters.
final class Requests {
    private static final List<String> METHODS =
            List.of("GET", "GET", "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "TRACE", "");
    private static final List<String> PARTS =
            List.of(
                    "app",
                    "=",
                    "==",
                    "!=",
                    "!",
                    " in ",
                    " notin ",
                    "(",
                    ")",
                    ",",
                    "web",
                    "a/b",
                    "example.com/x",
                    "metadata.name",
                    "spec.type",
                    "\\,",
                    "\\=",
                    " ",
                    "exists",
                    "-",
                    "status.phase",
                    "<",
                    ">",
                    "9",
                    "\t",
                    "'",
                    "%");
    private static final List<String> SEGMENTS =
            List.of(
                    "api",
                    "apis",
                    "v1",
                    "apps",
                    "namespaces",
                    "default",
                    "configmaps",
                    "web",
                    "deployments",
                    "status",
                    "scale",
                    "relations",
                    "clusters",
                    "local",
                    "openapi",
                    "v2",
                    "v3",
                    "version",
                    "example.com",
                    "widgets",
                    "..",
                    ".",
                    "%2f",
                    "a b",
                    "log",
                    "token",
                    "serviceaccounts",
                    "nodes",
                    "revisions",
                    "events",
                    "readyz",
                    "finalize",
                    "customresourcedefinitions",
                    "apiextensions.k8s.io",
                    "watch",
                    "proxy");
    private static final List<String> PARAMETERS =
            List.of(
                    "labelSelector",
                    "fieldSelector",
                    "limit",
                    "continue",
                    "resourceVersion",
                    "resourceVersionMatch",
                    "asOf",
                    "fieldValidation",
                    "fieldManager",
                    "dryRun",
                    "propagationPolicy",
                    "gracePeriodSeconds",
                    "orphanDependents",
                    "pretty",
                    "force",
                    "timeoutSeconds",
                    "sort",
                    "search",
                    "from",
                    "to");
    private static final List<String> GIVEN =
            List.of(
                    "0",
                    "1",
                    "-1",
                    "99999999999999999999",
                    "Exact",
                    "NotOlderThan",
                    "All",
                    "Background",
                    "true",
                    "maybe",
                    "2031-02-03T04:05:06Z",
                    "2026-01-01T00:00:00Z",
                    "yesterday",
                    "",
                    "Strict",
                    "\u0000",
                    "eyJ2IjoxfQ",
                    "%%%");

    private final Door door;

    Requests(Door door) {
        this.door = door;
    }

    void selector(Input input) {
        door.prepare(Thing.CONFIG_MAP.manifest());
        switch (input) {
            case Input.Written written -> select(written.word(0), written.text());
            case Input.Grown(var choices) -> {
                var sort = choices.oneIn(2) ? "field" : "label";
                select(sort, joined(choices));
            }
        }
    }

    private static String joined(Choices choices) {
        var text = new StringBuilder();
        while (!choices.isEmpty() && text.length() < 200) {
            text.append(choices.oneIn(10) ? choices.text(8) : choices.of(PARTS));
        }
        return text.toString();
    }

    private void select(String sort, String selector) {
        var query = Map.of(sort + "Selector", List.of(selector));
        for (var thing : List.of(Thing.CONFIG_MAP, Thing.WIDGET)) {
            door.send("GET", thing.collection(), query, "", new byte[0]);
        }
    }

    void path(Input input) {
        door.prepare(Thing.CONFIG_MAP.manifest());
        switch (input) {
            case Input.Written written ->
                    door.send(
                            written.word(0),
                            written.word(1),
                            query(written.words()),
                            Door.JSON,
                            written.body());
            case Input.Grown(var choices) -> {
                var method = choices.of(METHODS);
                var path =
                        choices.oneIn(2)
                                ? choices.of(Thing.ALL).path()
                                : "/" + String.join("/", segments(choices));
                door.send(method, path, query(choices), Door.JSON, choices.rest());
            }
        }
    }

    private static Map<String, List<String>> query(List<String> words) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        words.stream()
                .skip(2)
                .map(word -> word.split("=", 2))
                .forEach(pair -> query.put(pair[0], List.of(pair.length > 1 ? pair[1] : "")));
        return query;
    }

    private static List<String> segments(Choices choices) {
        List<String> segments = new ArrayList<>();
        int count = choices.below(9);
        for (int i = 0; i < count; i++) {
            segments.add(choices.oneIn(9) ? choices.text(20) : choices.of(SEGMENTS));
        }
        return segments;
    }

    private static Map<String, List<String>> query(Choices choices) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        int count = choices.below(4);
        for (int i = 0; i < count; i++) {
            var value = choices.oneIn(4) ? choices.text(20) : choices.of(GIVEN);
            query.put(choices.of(PARAMETERS), List.of(value));
        }
        return query;
    }
}
