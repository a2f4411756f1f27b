package dev.slipway.graph.simpleschema;

import dev.slipway.graph.findings.Completion;
import dev.slipway.graph.findings.Findings;
import dev.slipway.graph.findings.Suggestion;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One translation of SimpleSchema to OpenAPI: `port: integer | default=80` and nested structs of such fields.
///
/// Types that the definition declares are expanded where they are used. All errors go to the findings with the path of
/// their field; a field with an error reads as one of any type. Used once, by one thread.
public final class SimpleSchema {
    /// How many fields a schema may have once its types are expanded.
    public static final int MAX_FIELDS = 5_000;

    /// How deep structs and types may nest.
    public static final int MAX_DEPTH = 64;

    private static final Map<String, String> ATOMS =
            Map.of(
                    "string", "string", "integer", "integer", "boolean", "boolean", "float",
                    "number");
    private static final Map<String, String> WORDS =
            Map.of("int", "integer", "bool", "boolean", "number", "float");
    private static final String OBJECT = "object";
    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";

    /// A field as its parent needs it: its schema, and whether the parent requires it.
    private record Field(Map<String, Object> schema, boolean required) {
        Field copy() {
            return new Field(Json.copy(schema), required);
        }
    }

    private final Map<String, Object> types;
    private final String typesPath;
    private final Findings findings;
    private final Map<String, Field> expanded = new HashMap<>();
    private final Set<String> expanding = new LinkedHashSet<>();
    private int fields;
    private int depth;

    /// @param types the types that the definition declares by name
    /// @param typesPath where they stand in the definition, for errors
    public SimpleSchema(Map<String, Object> types, String typesPath, Findings findings) {
        this.types = types;
        this.typesPath = typesPath;
        this.findings = findings;
    }

    /// The OpenAPI schema of a struct; every declared type is checked, used or not.
    public Map<String, Object> read(Map<String, Object> struct, String path) {
        var schema = struct(struct, path);
        types.keySet().forEach(this::declared);
        if (fields > MAX_FIELDS) {
            findings.error(
                    FieldCause.forbidden(
                            path,
                            "more than %d fields when all types are expanded"
                                    .formatted(MAX_FIELDS)));
        }
        return schema;
    }

    private Map<String, Object> struct(Map<String, Object> struct, String path) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", OBJECT);
        Map<String, Object> properties = new LinkedHashMap<>();
        var required = new TreeSet<String>();
        struct.forEach((name, value) -> {
            var field = field(value, path + "." + name);
            properties.put(name, field.schema());
            if (field.required()) {
                required.add(name);
            }
        });
        if (!properties.isEmpty()) {
            schema.put("properties", properties);
        }
        if (!required.isEmpty()) {
            schema.put("required", new ArrayList<>(required));
        } else if (properties.values().stream().anyMatch(SimpleSchema::hasDefault)) {
            schema.put("default", new LinkedHashMap<>());
        }
        return schema;
    }

    private static boolean hasDefault(Object schema) {
        return schema instanceof Map<?, ?> map && map.containsKey("default");
    }

    private Field field(@Nullable Object value, String path) {
        if (++fields > MAX_FIELDS || depth >= MAX_DEPTH) {
            fields = depth >= MAX_DEPTH ? MAX_FIELDS + 1 : fields;
            return any();
        }
        depth++;
        try {
            return switch (value) {
                case String text -> typed(text, path);
                case Map<?, ?> struct -> new Field(struct(Json.cast(struct), path), false);
                case null, default -> unexpected(value, path);
            };
        } finally {
            depth--;
        }
    }

    private Field unexpected(@Nullable Object value, String path) {
        findings.error(
                new FieldCause(
                        "FieldValueTypeInvalid",
                        path,
                        "Invalid value: %s: unexpected type: write a type such as \"string\", or nested fields"
                                .formatted(Json.text(value))));
        return any();
    }

    private Field typed(String text, String path) {
        var bar = text.indexOf('|');
        var type = bar < 0 ? text : text.substring(0, bar);
        Field field;
        try {
            field = schema(FieldType.parse(type), path);
        } catch (MalformedException e) {
            findings.invalid(path, text, String.valueOf(e.getMessage()));
            return any();
        }
        return bar < 0 ? field : marked(field, text, text.substring(bar + 1), path);
    }

    private Field marked(Field field, String text, String markers, String path) {
        var required = field.required();
        try {
            for (var marker : new MarkerReader(markers).read()) {
                required = marker.key().equals("required") ? MarkerRules.flag(marker) : required;
                apply(marker, field, text, path);
            }
            MarkerRules.finish(field.schema());
        } catch (MalformedException e) {
            findings.invalid(path, text, String.valueOf(e.getMessage()));
        }
        return new Field(field.schema(), required);
    }

    private void apply(Marker marker, Field field, String text, String path) {
        try {
            MarkerRules.apply(marker, field.schema());
        } catch (MalformedException e) {
            findings.invalid(path, text, String.valueOf(e.getMessage()));
        }
    }

    private Field schema(FieldType type, String path) {
        return switch (type) {
            case FieldType.ListOf(var items) -> {
                Map<String, Object> schema = new LinkedHashMap<>();
                schema.put("type", "array");
                schema.put("items", schema(items, path).schema());
                yield new Field(schema, false);
            }
            case FieldType.MapOf(var values) -> {
                Map<String, Object> schema = new LinkedHashMap<>();
                schema.put("type", OBJECT);
                schema.put("additionalProperties", schema(values, path).schema());
                yield new Field(schema, false);
            }
            case FieldType.Named(var name) -> named(name, path);
        };
    }

    private Field named(String name, String path) {
        var atom = ATOMS.get(name);
        if (atom != null) {
            return new Field(new LinkedHashMap<>(Map.of("type", atom)), false);
        }
        if (name.equals(OBJECT)) {
            return open();
        }
        if (types.containsKey(name)) {
            return declared(name);
        }
        var word = WORDS.get(name);
        if (word != null) {
            findings.completed(
                    new Completion(path, word, "\"%s\" is read as \"%s\"".formatted(name, word)));
            return named(word, path);
        }
        throw new MalformedException("unknown type: " + name + suggestion(name), null);
    }

    private String suggestion(String name) {
        var known = new ArrayList<>(List.of("string", "integer", "boolean", "float", OBJECT));
        known.addAll(types.keySet());
        return Suggestion.of(name, known);
    }

    private Field declared(String name) {
        if (expanding.contains(name)) {
            throw new MalformedException(
                    "cyclic dependency in type: %s -> %s"
                            .formatted(String.join(" -> ", expanding), name),
                    null);
        }
        var known = expanded.get(name);
        if (known == null) {
            expanding.add(name);
            known = field(types.get(name), typesPath + "." + name);
            expanding.remove(name);
            expanded.put(name, known);
        }
        fields += size(known.schema());
        return fields > MAX_FIELDS ? any() : known.copy();
    }

    /// How many fields a schema has, itself not counted.
    private static int size(Map<String, Object> schema) {
        var size = 0;
        for (var property : Json.object(schema, "properties").values()) {
            size += property instanceof Map<?, ?> map ? 1 + size(Json.cast(map)) : 1;
        }
        for (var key : List.of("items", "additionalProperties")) {
            size += schema.get(key) instanceof Map<?, ?> map ? size(Json.cast(map)) : 0;
        }
        return size;
    }

    private static Field open() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", OBJECT);
        schema.put(PRESERVE, true);
        return new Field(schema, false);
    }

    /// What stands in for a field that could not be read.
    private static Field any() {
        return new Field(new LinkedHashMap<>(Map.of(PRESERVE, true)), false);
    }
}
