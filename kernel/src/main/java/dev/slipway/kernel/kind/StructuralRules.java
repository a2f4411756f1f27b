package dev.slipway.kernel.kind;

import com.google.re2j.PatternSyntaxException;
import dev.slipway.expression.library.Patterns;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Pruning;
import dev.slipway.kernel.schema.Rules;
import dev.slipway.kernel.schema.SchemaReader;
import dev.slipway.kernel.schema.Validation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What makes the schema of a CRD structural, so that objects can be pruned, defaulted and merged by it.
final class StructuralRules {
    private static final List<String> TYPES =
            List.of("array", "boolean", "integer", "number", "object", "string");
    private static final Set<String> SCALARS = Set.of("boolean", "integer", "number", "string");
    private static final List<String> NOT_SUPPORTED =
            List.of(
                    "$ref",
                    "id",
                    "additionalItems",
                    "patternProperties",
                    "definitions",
                    "dependencies");
    private static final List<String> JUNCTORS = List.of("allOf", "anyOf", "oneOf", "not");

    /// What may stand at the root beside a status subresource.
    private static final Set<String> PLAIN_ROOT =
            Set.of(
                    "$schema",
                    "description",
                    "example",
                    "exclusiveMaximum",
                    "exclusiveMinimum",
                    "externalDocs",
                    "format",
                    "items",
                    "maxItems",
                    "maxLength",
                    "maximum",
                    "minItems",
                    "minLength",
                    "minimum",
                    "multipleOf",
                    "pattern",
                    "properties",
                    "required",
                    "title",
                    "type",
                    "uniqueItems",
                    "x-kubernetes-preserve-unknown-fields",
                    "x-kubernetes-validations");

    /// Where a node stands, which decides what it must say.
    private enum Place {
        ROOT("must not be empty at the root"),
        FIELD("must not be empty for specified object fields"),
        ITEM("must not be empty for specified array items");

        private final String noType;

        Place(String noType) {
            this.noType = noType;
        }
    }

    private final List<FieldCause> causes = new ArrayList<>();

    /// The outermost list or map around the node whose parts cannot be found again in the object before; empty for none.
    private String uncorrelated = "";

    private StructuralRules() {}

    /// All that is wrong with the root schema of one version.
    ///
    /// @param status whether the version has a status subresource
    static List<FieldCause> check(Map<String, Object> schema, boolean status, String path) {
        var rules = new StructuralRules();
        rules.root(schema, status, path);
        rules.node(schema, Place.ROOT, path);
        return rules.causes;
    }

    private void root(Map<String, Object> schema, boolean status, String path) {
        if (schema.containsKey("additionalProperties")) {
            forbidden(path + ".additionalProperties", "must not be used at the root");
        }
        var properties = Json.object(schema, "properties");
        if (properties.get("metadata") instanceof Map<?, ?> metadata) {
            metadata(Json.cast(metadata), path + ".properties[metadata]");
        }
        ofObjects(properties, path);
        if (flag(schema, "nullable")) {
            forbidden(path + ".nullable", "nullable cannot be true at the root");
        }
        var others = schema.keySet().stream().filter(key -> !PLAIN_ROOT.contains(key)).toList();
        if (status && !others.isEmpty()) {
            invalid(
                    path,
                    Json.text(others),
                    "only ["
                            + String.join(" ", PLAIN_ROOT.stream().sorted().toList())
                            + "] fields are allowed at the root of the schema if the status subresource is enabled");
        }
    }

    /// What every object has is of the types that it has in all of them.
    private void ofObjects(Map<String, Object> properties, String path) {
        Map.of("apiVersion", "string", "kind", "string", "metadata", "object").entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> {
                    if (properties.get(one.getKey()) instanceof Map<?, ?> property
                            && !one.getValue().equals(property.get("type"))) {
                        invalid(
                                path + ".properties[" + one.getKey() + "].type",
                                property.get("type"),
                                "must be " + one.getValue());
                    }
                });
    }

    private void metadata(Map<String, Object> metadata, String path) {
        var allowed =
                Set.of("type", "description", "title", "properties").containsAll(metadata.keySet());
        var fields = Json.object(metadata, "properties").keySet();
        if (!allowed || !Set.of("name", "generateName").containsAll(fields)) {
            forbidden(
                    path,
                    "must not specify anything other than name and generateName, but metadata is implicitly specified");
        }
    }

    private void node(Map<String, Object> schema, Place place, String path) {
        type(schema, place, path);
        keywords(schema, path);
        listType(schema, path);
        extensions(schema, path);
        defaultValue(schema, path);
        if (schema.containsKey("x-kubernetes-validations")) {
            causes.addAll(
                    Rules.problems(
                            SchemaReader.read(schema), place == Place.ROOT, path, uncorrelated));
        }
        var around = uncorrelated;
        uncorrelated =
                around.isEmpty() && "atomic".equals(schema.get("x-kubernetes-map-type"))
                        ? path
                        : around;
        Json.object(schema, "properties")
                .forEach((name, child) ->
                        child(child, Place.FIELD, path + ".properties[" + name + "]"));
        if (schema.get("items") instanceof List<?>) {
            forbidden(path + ".items", "items must be a schema object and not an array");
        }
        child(schema.get("additionalProperties"), Place.FIELD, path + ".additionalProperties");
        uncorrelated =
                around.isEmpty() && !"map".equals(schema.get("x-kubernetes-list-type"))
                        ? path
                        : around;
        child(schema.get("items"), Place.ITEM, path + ".items");
        uncorrelated = around;
        junctors(schema, path);
    }

    private void child(@Nullable Object child, Place place, String path) {
        if (child instanceof Map<?, ?> map) {
            node(Json.cast(map), place, path);
        }
    }

    private void type(Map<String, Object> schema, Place place, String path) {
        var type = Json.string(schema, "type");
        var untyped =
                flag(schema, "x-kubernetes-int-or-string")
                        || flag(schema, "x-kubernetes-preserve-unknown-fields");
        if (type.isEmpty()) {
            if (place == Place.ROOT || (!untyped && !schema.containsKey("$ref"))) {
                causes.add(FieldCause.required(path + ".type", place.noType));
            }
            return;
        }
        if (type.equals("null")) {
            forbidden(path + ".type", "type cannot be set to null, use nullable as an alternative");
        } else if (!TYPES.contains(type)) {
            causes.add(FieldCause.notSupported(path + ".type", type, TYPES));
        } else if (place == Place.ROOT && !type.equals("object")) {
            invalid(path + ".type", type, "must be object at the root");
        }
        if (type.equals("array") && !schema.containsKey("items")) {
            causes.add(FieldCause.required(path + ".items", "must be specified"));
        }
    }

    private void keywords(Map<String, Object> schema, String path) {
        for (var keyword : NOT_SUPPORTED) {
            if (schema.containsKey(keyword)) {
                forbidden(path + "." + keyword, keyword + " is not supported");
            }
        }
        if (flag(schema, "uniqueItems")) {
            forbidden(
                    path + ".uniqueItems",
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }
        if (!Json.object(schema, "properties").isEmpty()
                && schema.get("additionalProperties") != null
                && !Boolean.FALSE.equals(schema.get("additionalProperties"))) {
            forbidden(
                    path + ".additionalProperties",
                    "additionalProperties and properties are mutual exclusive");
        }
        if (schema.get("pattern") instanceof String pattern) {
            pattern(pattern, path + ".pattern");
        }
    }

    private void pattern(String pattern, String field) {
        try {
            Patterns.compile(pattern);
        } catch (PatternSyntaxException e) {
            invalid(
                    field,
                    pattern,
                    "must be a valid regular expression, but isn't: " + e.getMessage());
        }
    }

    // ---- lists and maps

    private void listType(Map<String, Object> schema, String path) {
        var type = Json.string(schema, "x-kubernetes-list-type");
        var items = Json.object(schema, "items");
        switch (type) {
            case "", "atomic" -> {}
            case "set" -> setItems(items, path);
            case "map" -> mapItems(schema, items, path);
            default ->
                    causes.add(
                            FieldCause.notSupported(
                                    path + ".x-kubernetes-list-type",
                                    type,
                                    List.of("atomic", "set", "map")));
        }
        if (!type.isEmpty() && !Json.string(schema, "type").equals("array")) {
            invalid(
                    path + ".type",
                    Json.string(schema, "type"),
                    "must be array if x-kubernetes-list-type is specified");
        }
        if (Set.of("set", "map").contains(type) && flag(items, "nullable")) {
            forbidden(
                    path + ".items.nullable",
                    "cannot be nullable when x-kubernetes-list-type is " + type);
        }
        if (!type.equals("map") && schema.containsKey("x-kubernetes-list-map-keys")) {
            invalid(
                    path + ".x-kubernetes-list-type",
                    type,
                    "must be map if x-kubernetes-list-map-keys is non-empty");
        }
    }

    private void setItems(Map<String, Object> items, String path) {
        var type = Json.string(items, "type");
        var must = "must be atomic as item of a list with x-kubernetes-list-type=set";
        var listType = Json.string(items, "x-kubernetes-list-type");
        if (type.equals("array") && !Set.of("", "atomic").contains(listType)) {
            invalid(path + ".items.x-kubernetes-list-type", listType, must);
        }
        if (type.equals("object")
                && !Json.string(items, "x-kubernetes-map-type").equals("atomic")) {
            invalid(
                    path + ".items.x-kubernetes-map-type",
                    Json.string(items, "x-kubernetes-map-type"),
                    must);
        }
    }

    private void mapItems(Map<String, Object> schema, Map<String, Object> items, String path) {
        var field = path + ".x-kubernetes-list-map-keys";
        var keys = CustomKinds.texts(schema, "x-kubernetes-list-map-keys");
        if (keys.isEmpty()) {
            causes.add(
                    FieldCause.required(
                            field, "must not be empty if x-kubernetes-list-type is map"));
        }
        if (!Json.string(items, "type").equals("object")) {
            invalid(
                    path + ".items.type",
                    Json.string(items, "type"),
                    "must be object if parent array's x-kubernetes-list-type is map");
        }
        var properties = Json.object(items, "properties");
        if (!properties.keySet().containsAll(keys)) {
            invalid(field, keys, "entries must all be names of item properties");
        }
        var seen = new HashSet<String>();
        for (var key : keys) {
            if (!seen.add(key)) {
                invalid(field, keys, "must not contain duplicate entries");
            }
            if (properties.get(key) instanceof Map<?, ?> property) {
                mapKey(Json.cast(property), key, items, path + ".items");
            }
        }
    }

    private void mapKey(
            Map<String, Object> property, String key, Map<String, Object> items, String path) {
        var field = path + ".properties[" + key + "]";
        if (!SCALARS.contains(Json.string(property, "type"))) {
            invalid(
                    field + ".type",
                    Json.string(property, "type"),
                    "must be a scalar type if parent array's x-kubernetes-list-type is map");
        }
        if (flag(property, "nullable")) {
            forbidden(
                    field + ".nullable",
                    "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
        }
        if (!CustomKinds.texts(items, "required").contains(key)
                && property.get("default") == null) {
            causes.add(
                    FieldCause.required(
                            field + ".default",
                            "this property is in x-kubernetes-list-map-keys, so it must have a default or be a"
                                    + " required property"));
        }
    }

    // ---- extensions

    private void extensions(Map<String, Object> schema, String path) {
        var mapType = Json.string(schema, "x-kubernetes-map-type");
        if (!Set.of("", "atomic", "granular").contains(mapType)) {
            causes.add(
                    FieldCause.notSupported(
                            path + ".x-kubernetes-map-type",
                            mapType,
                            List.of("atomic", "granular")));
        }
        if (!mapType.isEmpty() && !Json.string(schema, "type").equals("object")) {
            invalid(
                    path + ".type",
                    Json.string(schema, "type"),
                    "must be object if x-kubernetes-map-type is specified");
        }
        if (Boolean.FALSE.equals(schema.get("x-kubernetes-preserve-unknown-fields"))) {
            invalid(
                    path + ".x-kubernetes-preserve-unknown-fields",
                    false,
                    "must be true or undefined");
        }
        if (flag(schema, "x-kubernetes-int-or-string")) {
            for (var other :
                    List.of(
                            "x-kubernetes-preserve-unknown-fields",
                            "x-kubernetes-embedded-resource")) {
                if (flag(schema, other)) {
                    invalid(
                            path + "." + other,
                            true,
                            "must be false if x-kubernetes-int-or-string is true");
                }
            }
        }
        if (flag(schema, "x-kubernetes-embedded-resource")) {
            embedded(schema, path);
        }
    }

    private void embedded(Map<String, Object> schema, String path) {
        ofObjects(Json.object(schema, "properties"), path);
        if (!Json.string(schema, "type").equals("object")) {
            invalid(
                    path + ".type",
                    Json.string(schema, "type"),
                    "must be object if x-kubernetes-embedded-resource is true");
        }
        if (schema.containsKey("additionalProperties")) {
            forbidden(
                    path + ".additionalProperties",
                    "must not be used if x-kubernetes-embedded-resource is set");
        }
        if (Json.object(schema, "properties").isEmpty()
                && !flag(schema, "x-kubernetes-preserve-unknown-fields")) {
            causes.add(
                    FieldCause.required(
                            path + ".properties",
                            "must not be empty if x-kubernetes-embedded-resource is true without"
                                    + " x-kubernetes-preserve-unknown-fields"));
        }
    }

    /// A default keeps the schema that it stands in, or every object would be wrong from its birth.
    private void defaultValue(Map<String, Object> schema, String path) {
        var value = schema.get("default");
        if (value == null) {
            return;
        }
        var read = SchemaReader.read(schema);
        for (var cause : Validation.check(value, read, "", EmbeddedRules::check)) {
            var below = cause.field().equals("<nil>") ? "" : "." + cause.field();
            causes.add(new FieldCause(cause.reason(), path + ".default" + below, cause.message()));
        }
        var unknown = Pruning.unknown(value, read);
        if (!unknown.isEmpty()) {
            invalid(
                    path + ".default",
                    value,
                    "must not have unknown fields: " + String.join(", ", unknown));
        }
    }

    // ---- junctors

    private void junctors(Map<String, Object> schema, String path) {
        for (var junctor : JUNCTORS) {
            if (schema.get(junctor) instanceof Map<?, ?> branch) {
                branch(Json.cast(branch), path + "." + junctor, false);
            }
            var branches = CustomKinds.objects(schema, junctor);
            for (int i = 0; i < branches.size(); i++) {
                branch(
                        branches.get(i),
                        path + "." + junctor + "[" + i + "]",
                        flag(schema, "x-kubernetes-int-or-string"));
            }
        }
    }

    /// Branches restrict values, and say nothing of their structure.
    private void branch(Map<String, Object> schema, String path, boolean typesAllowed) {
        var types = Set.of("integer", "string");
        if (!typesAllowed || !types.contains(Json.string(schema, "type"))) {
            empty(schema, path, "type");
        }
        empty(schema, path, "title");
        empty(schema, path, "description");
        empty(schema, path, "x-kubernetes-validations");
        empty(schema, path, "x-kubernetes-list-map-keys");
        for (var keyword :
                List.of(
                        "default",
                        "additionalProperties",
                        "x-kubernetes-list-type",
                        "x-kubernetes-map-type")) {
            if (schema.containsKey(keyword)) {
                forbidden(path + "." + keyword, "must be undefined to be structural");
            }
        }
        for (var keyword :
                List.of(
                        "nullable",
                        "x-kubernetes-preserve-unknown-fields",
                        "x-kubernetes-embedded-resource",
                        "x-kubernetes-int-or-string")) {
            if (flag(schema, keyword)) {
                forbidden(path + "." + keyword, "must be false to be structural");
            }
        }
        if (schema.get("pattern") instanceof String pattern) {
            pattern(pattern, path + ".pattern");
        }
        nested(schema, path, typesAllowed);
    }

    private void nested(Map<String, Object> schema, String path, boolean typesAllowed) {
        Json.object(schema, "properties")
                .forEach((name, child) -> {
                    if (child instanceof Map<?, ?> map) {
                        branch(Json.cast(map), path + ".properties[" + name + "]", false);
                    }
                });
        if (schema.get("items") instanceof Map<?, ?> items) {
            branch(Json.cast(items), path + ".items", false);
        }
        for (var junctor : JUNCTORS) {
            if (schema.get(junctor) instanceof Map<?, ?> not) {
                branch(Json.cast(not), path + "." + junctor, false);
            }
            var branches = CustomKinds.objects(schema, junctor);
            for (int i = 0; i < branches.size(); i++) {
                branch(branches.get(i), path + "." + junctor + "[" + i + "]", typesAllowed);
            }
        }
    }

    private void empty(Map<String, Object> schema, String path, String keyword) {
        if (schema.containsKey(keyword)) {
            forbidden(path + "." + keyword, "must be empty to be structural");
        }
    }

    private static boolean flag(Map<String, Object> schema, String keyword) {
        return Boolean.TRUE.equals(schema.get(keyword));
    }

    private void forbidden(String field, String detail) {
        causes.add(FieldCause.forbidden(field, detail));
    }

    private void invalid(String field, @Nullable Object value, String detail) {
        causes.add(FieldCause.invalid(field, value == null ? "" : value, detail));
    }
}
