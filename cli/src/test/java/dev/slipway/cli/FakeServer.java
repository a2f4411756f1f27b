package dev.slipway.cli;

import dev.slipway.client.ApiClient;
import dev.slipway.kernel.model.Json;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A server with config maps, namespaces and one kind of its own, as small as the command line's tests need it.
final class FakeServer implements ApiClient {
    final Map<String, Map<String, Object>> objects = new TreeMap<>();
    final List<Call> calls = new ArrayList<>();

    /// Names that are refused with a cause.
    final List<String> refused = new ArrayList<>();

    boolean servesWidgets = true;

    /// What every question about a resource is answered with, where it is not empty.
    String complaint = "";

    private long revision;

    @Override
    public Reply send(Call call) {
        calls.add(call);
        var path = call.target().replaceAll("\\?.*", "");
        return switch (path) {
            case "/api" ->
                    reply(
                            200,
                            discovery(
                                    "",
                                    "v1",
                                    kind("configmaps", "ConfigMap", "Namespaced", "cm"),
                                    kind("namespaces", "Namespace", "Cluster", "ns")));
            case "/apis" -> reply(200, servesWidgets ? groups() : Map.of("items", List.of()));
            case "/login/codes" ->
                    reply(201, Map.of("code", "abc", "url", "http://127.0.0.1:7070/login#abc"));
            case "/version" -> reply(200, Map.of("gitVersion", "v1.36.3+slipway.0.1.0"));
            default -> resource(call, path);
        };
    }

    private static Map<String, Object> groups() {
        return Map.of(
                "items",
                Stream.of(
                                discovery(
                                        "example.test",
                                        "v1",
                                        kind("widgets", "Widget", "Namespaced", "w")),
                                discovery(
                                        "kro.run",
                                        "v1alpha1",
                                        kind(
                                                "resourcegraphdefinitions",
                                                "ResourceGraphDefinition",
                                                "Cluster",
                                                "rgd")),
                                discovery(
                                        "internal.kro.run",
                                        "v1alpha1",
                                        kind("graphrevisions", "GraphRevision", "Cluster", "gr")))
                        .flatMap(one -> Json.list(one, "items").stream())
                        .toList());
    }

    private Reply resource(Call call, String path) {
        if (!complaint.isEmpty()) {
            if (complaint.contains("refused")) {
                var cause = Map.of("field", "configmaps default/web", "message", "was changed");
                return reply(409, status("Conflict", complaint, Map.of("causes", List.of(cause))));
            }
            return complaint.contains("not found")
                    ? reply(404, status("NotFound", complaint, Map.of()))
                    : reply(400, status("BadRequest", complaint, Map.of()));
        }
        return switch (call.method()) {
            case "PATCH" -> patch(call, path);
            case "DELETE" ->
                    objects.remove(path) == null
                            ? missing(path)
                            : reply(200, Map.of("status", "Success"));
            default ->
                    path.matches(".*/(configmaps|namespaces|widgets|graphrevisions)")
                            ? list(call, path)
                            : objects.containsKey(path)
                                    ? reply(200, objects.get(path))
                                    : missing(path);
        };
    }

    private Reply patch(Call call, String path) {
        var body = Json.readObject(call.body());
        var name = path.substring(path.lastIndexOf('/') + 1);
        if (refused.contains(name)) {
            return reply(
                    422,
                    status(
                            "Invalid",
                            "Widget \"" + name + "\" is invalid: spec.size: Required value",
                            Map.of(
                                    "causes",
                                    List.of(
                                            Map.of(
                                                    "reason",
                                                    "FieldValueRequired",
                                                    "field",
                                                    "spec.size",
                                                    "message",
                                                    "Required value")))));
        }
        var before = objects.get(path);
        if (before != null && Json.object(before, "spec").equals(Json.object(body, "spec"))) {
            return reply(200, before);
        }
        var metadata = new LinkedHashMap<String, Object>(Json.object(body, "metadata"));
        metadata.put("resourceVersion", Long.toString(++revision));
        metadata.put("uid", "uid-" + name);
        var after = new LinkedHashMap<String, Object>(body);
        after.put("metadata", metadata);
        if (!call.target().contains("dryRun")) {
            objects.put(path, after);
        }
        var warned =
                before == null
                        ? Map.of("warning", "299 - \"it is \\\"new\\\"\", 299 - \"really\"")
                        : Map.<String, String>of();
        return new Reply(
                before == null ? 201 : 200, warned, new ByteArrayInputStream(Json.write(after)));
    }

    private Reply list(Call call, String path) {
        var items =
                objects.entrySet().stream()
                        .filter(entry -> inCollection(entry.getKey(), path))
                        .map(Map.Entry::getValue)
                        .toList();
        if (!call.headers().getOrDefault("Accept", "").contains("as=Table")) {
            return reply(200, Map.of("items", items));
        }
        List<Object> rows = new ArrayList<>();
        for (var item : items) {
            var metadata = Json.object(item, "metadata");
            rows.add(
                    Map.of(
                            "cells",
                            List.of(metadata.get("name"), 2L, "big"),
                            "object",
                            Map.of("metadata", metadata)));
        }
        return reply(
                200,
                Map.of(
                        "columnDefinitions",
                        List.of(
                                Map.of("name", "Name", "priority", 0L),
                                Map.of("name", "Count", "priority", 0L),
                                Map.of("name", "Size", "priority", 1L)),
                        "rows",
                        rows));
    }

    private static boolean inCollection(String path, String collection) {
        var plural = collection.substring(collection.lastIndexOf('/') + 1);
        return collection.contains("/namespaces/")
                ? path.startsWith(collection + "/")
                : path.contains("/" + plural + "/") && !path.endsWith("/" + plural);
    }

    private static Reply missing(String path) {
        return reply(404, status("NotFound", path + " not found", Map.of()));
    }

    private static Map<String, Object> status(
            String reason, String message, Map<String, Object> details) {
        return Map.of("kind", "Status", "reason", reason, "message", message, "details", details);
    }

    private static Map<String, Object> discovery(String group, String version, Object... kinds) {
        return Map.of(
                "items",
                List.of(
                        Map.of(
                                "metadata",
                                Map.of("name", group),
                                "versions",
                                List.of(Map.of("version", version, "resources", List.of(kinds))))));
    }

    private static Object kind(String plural, String kind, String scope, String shortName) {
        return Map.of(
                "resource",
                plural,
                "singularResource",
                kind.toLowerCase(java.util.Locale.ROOT),
                "responseKind",
                Map.of("kind", kind),
                "scope",
                scope,
                "shortNames",
                List.of(shortName),
                "categories",
                scope.equals("Cluster") ? List.of() : List.of("things"));
    }

    private static Reply reply(int status, Map<String, Object> tree) {
        return new Reply(status, Map.of(), new ByteArrayInputStream(Json.write(tree)));
    }
}
