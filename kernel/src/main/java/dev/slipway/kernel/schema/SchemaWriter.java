package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes schemas as OpenAPI v3, for CRDs and for `/openapi/v3`: every keyword they were read with, references
/// replaced by what they refer to.
public final class SchemaWriter {
    /// The prefix of keywords that are ours alone and are never served.
    static final String PRIVATE = "x-slipway-";

    private static final Set<String> CHILDREN =
            Set.of("properties", "additionalProperties", "items");

    private SchemaWriter() {}

    /// A new tree that the caller may change.
    public static Map<String, Object> write(Schema schema) {
        Map<String, Object> out = new LinkedHashMap<>();
        keywords(schema, out);
        schema.raw()
                .forEach((key, value) -> {
                    if (!CHILDREN.contains(key) && !key.startsWith(PRIVATE)) {
                        Json.put(out, key, Json.copy(value));
                    }
                });
        children(schema, out);
        return out;
    }

    /// What the components say, for schemas that were made and not read.
    private static void keywords(Schema schema, Map<String, Object> out) {
        text(out, "type", schema.type());
        text(out, "format", schema.format());
        flag(out, "nullable", schema.nullable() && !schema.preserveUnknown());
        flag(out, "x-kubernetes-preserve-unknown-fields", schema.preserveUnknown());
        flag(
                out,
                "x-kubernetes-int-or-string",
                schema.intOrString() && !schema.raw().containsKey("oneOf"));
        flag(out, "x-kubernetes-embedded-resource", schema.embedded());
        list(out, "enum", schema.enumeration());
        list(out, "required", schema.required());
        schema.defaultValue().ifPresent(value -> Json.put(out, "default", Json.copy(value)));
        if (schema.list() != Schema.ListType.ATOMIC) {
            text(
                    out,
                    "x-kubernetes-list-type",
                    schema.list() == Schema.ListType.MAP ? "map" : "set");
        }
        list(out, "x-kubernetes-list-map-keys", schema.listMapKeys());
        text(out, "x-kubernetes-map-type", schema.atomicMap() ? "atomic" : "");
        text(out, "x-kubernetes-patch-strategy", schema.patchStrategy());
        text(out, "x-kubernetes-patch-merge-key", schema.patchMergeKey());
    }

    private static void children(Schema schema, Map<String, Object> out) {
        schema.items().ifPresent(items -> out.put("items", write(items)));
        schema.additionalProperties()
                .ifPresent(values -> out.put("additionalProperties", write(values)));
        if (!schema.properties().isEmpty() || schema.raw().containsKey("properties")) {
            Map<String, Object> properties = new LinkedHashMap<>();
            schema.properties().forEach((name, property) -> properties.put(name, write(property)));
            out.put("properties", properties);
        }
    }

    private static void text(Map<String, Object> out, String key, String value) {
        if (!value.isEmpty()) {
            out.put(key, value);
        }
    }

    private static void flag(Map<String, Object> out, String key, boolean value) {
        if (value) {
            out.put(key, true);
        }
    }

    private static void list(Map<String, Object> out, String key, List<?> values) {
        if (!values.isEmpty()) {
            out.put(key, new ArrayList<>(values));
        }
    }
}
