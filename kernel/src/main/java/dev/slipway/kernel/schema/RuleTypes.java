package dev.slipway.kernel.schema;

import dev.slipway.expression.Type;
import java.util.LinkedHashMap;
import java.util.Map;

/// What validation rules see of values: the declared fields and no others, and of a resource its identity.
final class RuleTypes {
    private static final Type METADATA =
            new Type.Struct("metadata", Map.of("name", Type.TEXT, "generateName", Type.TEXT));

    private RuleTypes() {}

    /// @param resource whether the value is a whole resource
    static Type of(Schema schema, boolean resource) {
        if (schema.intOrString()) {
            return Type.INT_OR_STRING;
        }
        return switch (schema.type()) {
            case "string" -> text(schema.format());
            case "integer" -> Type.INT;
            case "number" -> Type.DOUBLE;
            case "boolean" -> Type.BOOL;
            case "array" ->
                    new Type.ListOf(
                            schema.items().map(items -> of(items, false)).orElse(Type.DYNAMIC),
                            schema.distinguishedBy());
            case "object" -> object(schema, resource || schema.embedded());
            default -> Type.DYNAMIC;
        };
    }

    private static Type text(String format) {
        return switch (format) {
            case "byte" -> Type.BYTES;
            case "date", "date-time" -> Type.TIMESTAMP;
            case "duration" -> Type.DURATION;
            default -> Type.TEXT;
        };
    }

    private static Type object(Schema schema, boolean resource) {
        if (schema.isMap()) {
            return new Type.MapOf(of(schema.additionalProperties().orElseThrow(), false));
        }
        Map<String, Type> fields = new LinkedHashMap<>();
        schema.properties().forEach((name, property) -> fields.put(name, of(property, false)));
        if (resource) {
            fields.put("apiVersion", Type.TEXT);
            fields.put("kind", Type.TEXT);
            fields.put("metadata", METADATA);
        }
        return new Type.Struct("object", fields);
    }
}
