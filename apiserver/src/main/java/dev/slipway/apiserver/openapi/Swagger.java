package dev.slipway.apiserver.openapi;

import dev.slipway.apiserver.wire.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Components;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All documents as the one of OpenAPI v2, for clients that do not know v3 yet.
final class Swagger {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");
    private static final String JSON = "application/json";

    private Swagger() {}

    static Map<String, Object> of(
            Collection<GroupVersion> places, Components components, String release) {
        Map<String, Object> paths = new LinkedHashMap<>();
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (var place : places) {
            var document = place.document(components);
            Json.object(document, "paths")
                    .forEach((path, item) -> paths.put(path, item(Json.cast((Map<?, ?>) item))));
            Json.object(Json.object(document, "components"), "schemas")
                    .forEach((name, schema) ->
                            definitions.computeIfAbsent(
                                    name, _ -> SwaggerSchema.of(Json.cast((Map<?, ?>) schema))));
        }
        return Tree.of(
                "swagger",
                "2.0",
                "info",
                Tree.of("title", "Slipway", "version", release),
                "paths",
                paths,
                "definitions",
                definitions);
    }

    private static Map<String, Object> item(Map<String, Object> item) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (var method : METHODS) {
            if (item.containsKey(method)) {
                out.put(method, operation(Json.object(item, method)));
            }
        }
        out.put("parameters", parameters(item));
        return out;
    }

    private static Map<String, Object> operation(Map<String, Object> operation) {
        Map<String, Object> out = new LinkedHashMap<>();
        var parameters = parameters(operation);
        var request = Json.object(operation, "requestBody");
        var content = Json.object(request, "content");
        if (!content.isEmpty()) {
            out.put("consumes", List.copyOf(content.keySet()));
            parameters.add(body(content, request.containsKey("required")));
        }
        out.put("produces", List.of(JSON, "application/yaml"));
        out.put("parameters", parameters);
        out.put("responses", responses(Json.object(operation, "responses")));
        operation.forEach((key, value) -> {
            if (key.startsWith("x-")
                    || List.of("description", "operationId", "tags").contains(key)) {
                out.put(key, value);
            }
        });
        return out;
    }

    private static Map<String, Object> body(Map<String, Object> content, boolean required) {
        var first = Json.cast((Map<?, ?>) content.values().iterator().next());
        return Tree.of(
                "in",
                "body",
                "name",
                "body",
                "required",
                required,
                "schema",
                SwaggerSchema.of(Json.object(first, "schema")));
    }

    private static Map<String, Object> responses(Map<String, Object> responses) {
        Map<String, Object> out = new LinkedHashMap<>();
        responses.forEach((code, value) -> {
            var response = Json.cast((Map<?, ?>) value);
            var told = Tree.of("description", Json.string(response, "description"));
            var content = Json.object(Json.object(response, "content"), JSON);
            if (!content.isEmpty()) {
                told.put("schema", SwaggerSchema.of(Json.object(content, "schema")));
            }
            out.put(code, told);
        });
        return out;
    }

    /// Parameters have their type beside their name here.
    private static List<Object> parameters(Map<String, Object> owner) {
        var out = new ArrayList<Object>();
        for (var one : Json.list(owner, "parameters")) {
            var parameter = new LinkedHashMap<>(Json.cast((Map<?, ?>) one));
            parameter.remove("schema");
            parameter.putAll(Json.object(Json.cast((Map<?, ?>) one), "schema"));
            out.add(parameter);
        }
        return out;
    }
}
