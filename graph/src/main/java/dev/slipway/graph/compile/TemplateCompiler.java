package dev.slipway.graph.compile;

import dev.slipway.expression.Assignability;
import dev.slipway.expression.Expression;
import dev.slipway.expression.Template;
import dev.slipway.expression.Type;
import dev.slipway.graph.findings.Completion;
import dev.slipway.graph.findings.Findings;
import dev.slipway.graph.findings.Suggestion;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.ObjectMetaSchema;
import dev.slipway.kernel.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Compiles one template against the schema of its kind; used once, by one thread.
///
/// Literal values are checked against the schema, expressions against the type of the field they stand in. What reads
/// other nodes is collected on the way.
final class TemplateCompiler {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");
    private static final List<String> OWN_PREFIXES =
            List.of("kro.run/", "internal.kro.run/", "applyset.kubernetes.io/");

    private final NodeSource node;
    private final ExpressionCheck expressions;
    private final Set<String> iterators;
    private final Types types;
    private final Findings findings;
    private final Set<String> reads = new LinkedHashSet<>();

    /// @param iterators the names that stand for items, not for nodes
    TemplateCompiler(
            NodeSource node,
            ExpressionCheck expressions,
            Set<String> iterators,
            Types types,
            Findings findings) {
        this.node = node;
        this.expressions = expressions;
        this.iterators = iterators;
        this.types = types;
        this.findings = findings;
    }

    /// The ids of the nodes that the template reads, as far as it is compiled.
    Set<String> reads() {
        return reads;
    }

    /// Compiles the whole object.
    Part.Fields compile(Schema kind) {
        Map<String, Part> parts = new LinkedHashMap<>();
        node.body()
                .forEach((key, value) ->
                        parts.put(
                                key,
                                switch (key) {
                                    case "apiVersion", "kind" -> new Part.Constant(value);
                                    case "metadata" -> metadata(value, kind);
                                    default -> field(key, value, kind, "");
                                }));
        return new Part.Fields(parts);
    }

    private Part metadata(@Nullable Object value, Schema kind) {
        if (!(value instanceof Map<?, ?> map)) {
            return typeError("metadata", value, "an object");
        }
        var own = kind.property("metadata");
        Map<String, Part> parts = new LinkedHashMap<>();
        Json.cast(map)
                .forEach((key, member) ->
                        parts.put(
                                key,
                                own != null && own.property(key) != null
                                        ? field(key, member, own, "metadata")
                                        : field(key, member, ObjectMetaSchema.SCHEMA, "metadata")));
        refuseOwnKeys(Json.cast(map), "labels");
        refuseOwnKeys(Json.cast(map), "annotations");
        return new Part.Fields(parts);
    }

    private void refuseOwnKeys(Map<String, Object> metadata, String field) {
        for (var key : Json.object(metadata, field).keySet()) {
            OWN_PREFIXES.stream()
                    .filter(key::startsWith)
                    .forEach(prefix ->
                            findings.error(
                                    FieldCause.forbidden(
                                            path(member("metadata." + field, key)),
                                            "keys that begin with %s are written by the graph's controller"
                                                    .formatted(prefix))));
        }
    }

    private Part field(String key, @Nullable Object value, Schema object, String above) {
        var path = member(above, key);
        var schema = object.property(key);
        if (schema != null) {
            return part(value, schema, path);
        }
        if (object.additionalProperties().isPresent()) {
            return part(value, object.additionalProperties().get(), path);
        }
        if (isFree(object)) {
            return part(value, Schema.ANY, path);
        }
        findings.error(
                new FieldCause(
                        "FieldValueInvalid",
                        path(path),
                        "Invalid value: \"%s\": unknown field, %s has no field of this name%s"
                                .formatted(
                                        key,
                                        above.isEmpty() ? Json.string(node.body(), "kind") : above,
                                        Suggestion.of(
                                                key,
                                                new TreeSet<>(object.properties().keySet())))));
        return part(value, Schema.ANY, path);
    }

    /// Whether an object of this schema may have any fields.
    private static boolean isFree(Schema schema) {
        return schema.preserveUnknown() || schema.properties().isEmpty();
    }

    private Part part(@Nullable Object value, Schema schema, String path) {
        return switch (value) {
            case null -> new Part.Constant(null);
            case String text -> text(text, schema, path);
            case Map<?, ?> map -> fields(Json.cast(map), schema, path);
            case List<?> list -> items(list, schema, path);
            default -> scalar(value, schema, path);
        };
    }

    private Part fields(Map<String, Object> map, Schema schema, String path) {
        if (!schema.isObject() && !isUntyped(schema)) {
            return typeError(path, map, schema);
        }
        Map<String, Part> parts = new LinkedHashMap<>();
        map.forEach((key, value) -> parts.put(key, field(key, value, schema, path)));
        return new Part.Fields(parts);
    }

    private Part items(List<?> list, Schema schema, String path) {
        if (!schema.isArray() && !isUntyped(schema)) {
            return typeError(path, list, schema);
        }
        var items = schema.items().orElse(Schema.ANY);
        var parts = new ArrayList<Part>();
        for (var item : list) {
            parts.add(part(item, items, path + "[" + parts.size() + "]"));
        }
        return new Part.Items(parts);
    }

    private Part text(String text, Schema schema, String path) {
        var template = Template.parse(text);
        if (template.isUnclosed()) {
            findings.completed(
                    new Completion(
                            path(path), text, "a `${` without its `}` is text, not an expression"));
        }
        return template instanceof Template.Literal
                ? scalar(text, schema, path)
                : expressions
                        .check(text, template, path(path))
                        .map(expression -> computed(expression, text, schema, path))
                        .orElseGet(() -> new Part.Constant(text));
    }

    private Part computed(Expression expression, String text, Schema schema, String path) {
        Assignability.check(expression.resultType(), types.of(schema, path))
                .ifPresent(
                        reason -> findings.invalid(path(path), ExpressionCheck.spot(text), reason));
        reads(expression, text, path);
        if (path.equals("metadata.name")) {
            refuseOmission(expression, text, path);
        }
        return new Part.Computed(
                expression,
                path,
                expression.resultType() instanceof Type.OptionalOf || expression.omits());
    }

    private void reads(Expression expression, String text, String path) {
        if (isOfDefinitionOfKinds() && !path.startsWith("metadata")) {
            findings.error(
                    FieldCause.forbidden(
                            path(path),
                            "expressions in a CustomResourceDefinition are allowed in metadata only"));
        }
        for (var root : expression.roots()) {
            if (root.equals("schema") || iterators.contains(root)) {
                continue;
            }
            if (root.equals(node.id())) {
                findings.invalid(path(path), text, "self references are not allowed");
            } else {
                reads.add(root);
            }
        }
    }

    /// What says which resource it is must be there.
    private void refuseOmission(Expression expression, String text, String path) {
        if (expression.omits()) {
            findings.invalid(path(path), text, "omit() cannot leave out " + path);
        }
    }

    private boolean isOfDefinitionOfKinds() {
        return Json.string(node.body(), "kind").equals("CustomResourceDefinition");
    }

    private Part scalar(Object value, Schema schema, String path) {
        if (!isUntyped(schema) && !fits(value, schema)) {
            return typeError(path, value, schema);
        }
        if (!schema.enumeration().isEmpty() && !schema.enumeration().contains(value)) {
            findings.error(
                    FieldCause.notSupported(
                            path(path),
                            value,
                            schema.enumeration().stream().map(String::valueOf).toList()));
        }
        return new Part.Constant(value);
    }

    private static boolean isUntyped(Schema schema) {
        return schema.type().isEmpty() && !schema.intOrString() && !schema.isObject();
    }

    private static boolean fits(Object value, Schema schema) {
        if (schema.intOrString()) {
            return value instanceof String || value instanceof Long;
        }
        return switch (schema.type()) {
            case "string" -> value instanceof String;
            case "integer" ->
                    value instanceof Long
                            || (value instanceof Double number && number == Math.rint(number));
            case "number" -> value instanceof Long || value instanceof Double;
            case "boolean" -> value instanceof Boolean;
            default -> false;
        };
    }

    private Part typeError(String path, Object value, Schema schema) {
        return typeError(path, value, schema.intOrString() ? "integer or string" : schema.type());
    }

    private Part typeError(String path, @Nullable Object value, String expected) {
        findings.error(
                new FieldCause(
                        "FieldValueTypeInvalid",
                        path(path),
                        "Invalid value: %s: expected %s, got %s"
                                .formatted(Json.text(value), expected, name(value))));
        return new Part.Constant(value);
    }

    private static String name(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "string";
            case Long _ -> "integer";
            case Double _ -> "number";
            case Boolean _ -> "boolean";
            case List<?> _ -> "array";
            default -> "object";
        };
    }

    private String path(String path) {
        return node.bodyPath() + "." + path;
    }

    /// `spec.replicas`, or `metadata.labels[team.example/name]` for a key that is not a word.
    private static String member(String above, String key) {
        if (!PLAIN.matcher(key).matches()) {
            return above + "[" + key + "]";
        }
        return above.isEmpty() ? key : above + "." + key;
    }
}
