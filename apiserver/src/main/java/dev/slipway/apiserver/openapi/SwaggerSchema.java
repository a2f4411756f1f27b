package dev.slipway.apiserver.openapi;

import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes schemas of OpenAPI v2 out of those of v3: without what it cannot say.
///
/// Where a value may be null, of either type, or hold unknown fields, nothing is said of its type and fields: old
/// clients would refuse what the server accepts.
final class SwaggerSchema {
    private static final String OLD = "#/components/schemas/";
    private static final String NEW = "#/definitions/";

    /// What it cannot say, and what Kubernetes says in v3 only.
    private static final Set<String> UNKNOWN =
            Set.of("nullable", "oneOf", "anyOf", "allOf", "not", "default");

    private static final Set<String> FIELDS =
            Set.of("properties", "additionalProperties", "items", "required");
    private static final List<String> OPEN =
            List.of(
                    "nullable",
                    "x-kubernetes-int-or-string",
                    "x-kubernetes-preserve-unknown-fields");

    private SwaggerSchema() {}

    static Map<String, Object> of(Map<String, Object> schema) {
        Map<String, Object> out = new LinkedHashMap<>();
        reference(schema, out);
        if (schema.containsKey("oneOf") && ofTypes(schema)) {
            out.put("type", "string");
        }
        var open = OPEN.stream().anyMatch(key -> Boolean.TRUE.equals(schema.get(key)));
        schema.forEach((key, value) -> {
            var ofType = FIELDS.contains(key) || key.equals("type");
            var left = UNKNOWN.contains(key) || (open && ofType);
            if (!left) {
                out.putIfAbsent(key, FIELDS.contains(key) ? field(key, value) : value);
            }
        });
        return out;
    }

    /// Whether it is one of several types, as definitions of Kubernetes are that can be written as a text.
    private static boolean ofTypes(Map<String, Object> schema) {
        return !schema.containsKey("type")
                && Json.list(schema, "oneOf").stream()
                        .allMatch(one ->
                                one instanceof Map<?, ?> map
                                        && map.keySet().equals(Set.of("type")));
    }

    /// A reference stands alone or, with a description beside it, as the only one of `allOf`.
    private static void reference(Map<String, Object> schema, Map<String, Object> out) {
        var all = Json.list(schema, "allOf");
        var text =
                all.size() == 1
                        ? Json.string(Json.cast((Map<?, ?>) all.getFirst()), "$ref")
                        : Json.string(schema, "$ref");
        if (text.startsWith(OLD)) {
            out.put("$ref", NEW + text.substring(OLD.length()));
        }
    }

    private static Object field(String key, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (!key.equals("properties")) {
            return of(Json.cast(map));
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        Json.cast(map)
                .forEach((name, property) ->
                        properties.put(name, of(Json.cast((Map<?, ?>) property))));
        return properties;
    }
}
