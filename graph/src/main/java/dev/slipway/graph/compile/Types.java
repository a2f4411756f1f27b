package dev.slipway.graph.compile;

import dev.slipway.expression.Type;
import dev.slipway.kernel.schema.ObjectMetaSchema;
import dev.slipway.kernel.schema.Schema;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types that expressions see behind OpenAPI schemas; remembers them, so that one schema gives one type.
///
/// One thread only.
final class Types {
    private final IdentityHashMap<Schema, Type> known = new IdentityHashMap<>();

    /// The type of the values of a schema; `name` is what messages call it.
    Type of(Schema schema, String name) {
        var type = known.get(schema);
        if (type == null) {
            type = make(schema, name);
            known.put(schema, type);
        }
        return type;
    }

    /// The type of a whole object of a kind.
    Type.Struct object(Schema schema, String kind) {
        Map<String, Type> fields = new LinkedHashMap<>();
        fields.put("apiVersion", Type.TEXT);
        fields.put("kind", Type.TEXT);
        schema.properties()
                .forEach((name, property) -> fields.put(name, of(property, kind + "." + name)));
        fields.put("metadata", metadata(schema.property("metadata"), kind, true));
        return new Type.Struct(kind, fields, schema.preserveUnknown());
    }

    /// The type of the variable `schema`: an instance without its status.
    Type.Struct instance(Schema spec, boolean namespaced) {
        Map<String, Type> fields = new LinkedHashMap<>();
        fields.put("apiVersion", Type.TEXT);
        fields.put("kind", Type.TEXT);
        fields.put("metadata", metadata(null, "schema", namespaced));
        fields.put("spec", struct(spec, "schema.spec"));
        return new Type.Struct("schema", fields, false);
    }

    private Type metadata(@Nullable Schema own, String kind, boolean namespaced) {
        var name = kind + ".metadata";
        Map<String, Type> fields = new HashMap<>();
        if (own != null) {
            own.properties().forEach((field, schema) -> fields.put(field, of(schema, name)));
        }
        ObjectMetaSchema.SCHEMA
                .properties()
                .forEach((field, schema) -> fields.put(field, of(schema, name + "." + field)));
        if (!namespaced) {
            fields.remove("namespace");
        }
        return new Type.Struct(name, fields, false);
    }

    private Type make(Schema schema, String name) {
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
                            schema.items()
                                    .map(items -> of(items, name + "[]"))
                                    .orElse(Type.DYNAMIC),
                            schema.distinguishedBy());
            default -> object(schema, name, Type.DYNAMIC);
        };
    }

    private static Type text(String format) {
        return switch (format) {
            case "byte" -> Type.BYTES;
            case "date-time", "date" -> Type.TIMESTAMP;
            case "duration" -> Type.DURATION;
            default -> Type.TEXT;
        };
    }

    private Type object(Schema schema, String name, Type otherwise) {
        if (!schema.properties().isEmpty()) {
            return struct(schema, name);
        }
        return schema.additionalProperties()
                .<Type>map(values -> new Type.MapOf(of(values, name + "[*]")))
                .orElse(otherwise);
    }

    private Type.Struct struct(Schema schema, String name) {
        Map<String, Type> fields = new LinkedHashMap<>();
        schema.properties()
                .forEach((field, property) -> fields.put(field, of(property, name + "." + field)));
        return new Type.Struct(name, fields, schema.preserveUnknown());
    }
}
