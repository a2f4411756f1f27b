package dev.slipway.graph.compile;

import dev.slipway.expression.Expression;
import dev.slipway.expression.Template;
import dev.slipway.expression.Type;
import dev.slipway.graph.findings.Findings;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compiles `spec.schema.status` and finds out the OpenAPI schema of what its expressions give.
///
/// Used once, by one thread.
final class StatusCompiler {
    private static final String ROOT = "spec.schema.status";

    /// The state of an instance is the controller's; what an author says of it is not read.
    private static final String STATE = "state";

    /// A compiled value and its schema.
    private record Typed(Part part, Map<String, Object> schema) {}

    private final ExpressionCheck expressions;
    private final Findings findings;

    StatusCompiler(ExpressionCheck expressions, Findings findings) {
        this.expressions = expressions;
        this.findings = findings;
    }

    /// The author's part of the status.
    ///
    /// @param properties the schemas of its fields
    /// @param conditions what gives the conditions in place of the engine's; empty: those stay
    record Status(
            Part.Fields part, Map<String, Object> properties, List<Part.Computed> conditions) {}

    Status compile(Map<String, Object> written) {
        var conditions =
                new ConditionCompiler(expressions.environment(), findings)
                        .compile(written.get("conditions"));
        var fields = new LinkedHashMap<>(written);
        fields.keySet().removeAll(List.of(STATE, "conditions"));
        var typed = fields(fields, "");
        return new Status(
                (Part.Fields) typed.part(), Json.object(typed.schema(), "properties"), conditions);
    }

    private Typed value(@Nullable Object value, String path) {
        return switch (value) {
            case Map<?, ?> map -> fields(Json.cast(map), path);
            case List<?> list -> items(list, path);
            case String text -> text(text, path);
            case null, default -> literal(value, path);
        };
    }

    private Typed fields(Map<String, Object> map, String path) {
        Map<String, Part> parts = new LinkedHashMap<>();
        Map<String, Object> properties = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            var typed = value(value, path.isEmpty() ? key : path + "." + key);
            parts.put(key, typed.part());
            properties.put(key, typed.schema());
        });
        var schema = tree("type", "object");
        schema.put("properties", properties);
        return new Typed(new Part.Fields(parts), schema);
    }

    private Typed items(List<?> list, String path) {
        var parts = new ArrayList<Part>();
        var schemas = new ArrayList<Map<String, Object>>();
        for (var item : list) {
            var typed = value(item, path + "[" + parts.size() + "]");
            parts.add(typed.part());
            schemas.add(typed.schema());
        }
        var schema = tree("type", "array");
        schema.put("items", schemas.stream().distinct().count() == 1 ? schemas.getFirst() : any());
        return new Typed(new Part.Items(parts), schema);
    }

    private Typed text(String text, String path) {
        var template = Template.parse(text);
        if (template instanceof Template.Literal) {
            return literal(text, path);
        }
        return expressions
                .check(text, template, ROOT + "." + path)
                .filter(expression -> reads(expression, text, path))
                .map(expression ->
                        new Typed(
                                new Part.Computed(expression, "status." + path, true),
                                schema(expression.resultType())))
                .orElseGet(() -> new Typed(new Part.Constant(text), any()));
    }

    private boolean reads(Expression expression, String text, String path) {
        expressions.refuseOmission(expression, text, ROOT + "." + path);
        if (expression.roots().isEmpty()) {
            findings.invalid(
                    ROOT + "." + path, text, "a status field reads the instance or a resource");
        }
        return !expression.roots().isEmpty();
    }

    private Typed literal(@Nullable Object value, String path) {
        findings.error(
                new FieldCause(
                        "FieldValueInvalid",
                        ROOT + "." + path,
                        "Invalid value: %s: status fields without expressions are not supported"
                                .formatted(Json.text(value))));
        return new Typed(new Part.Constant(value), any());
    }

    private static Map<String, Object> schema(Type type) {
        return switch (type) {
            case Type.Bool _ -> tree("type", "boolean");
            case Type.Int _, Type.Uint _ -> tree("type", "integer");
            case Type.Real _ -> tree("type", "number");
            case Type.Text _, Type.Duration _ -> tree("type", "string");
            case Type.Bytes _ -> formatted("byte");
            case Type.Timestamp _ -> formatted("date-time");
            case Type.IntOrString _ -> tree("x-kubernetes-int-or-string", true);
            case Type.OptionalOf(var inner) -> schema(inner);
            case Type.ListOf(var element, _) -> {
                var schema = tree("type", "array");
                schema.put("items", schema(element));
                yield schema;
            }
            case Type.MapOf(Type.Text _, var values) -> {
                var schema = tree("type", "object");
                schema.put("additionalProperties", schema(values));
                yield schema;
            }
            case Type.Struct struct -> struct(struct);
            case Type.MapOf _, Type.Dynamic _, Type.NullType _, Type.Opaque _ -> any();
        };
    }

    private static Map<String, Object> struct(Type.Struct struct) {
        var schema = tree("type", "object");
        Map<String, Object> properties = new LinkedHashMap<>();
        struct.fields().forEach((name, type) -> properties.put(name, schema(type)));
        schema.put("properties", properties);
        if (struct.open()) {
            schema.put("x-kubernetes-preserve-unknown-fields", true);
        }
        return schema;
    }

    private static Map<String, Object> formatted(String format) {
        var schema = tree("type", "string");
        schema.put("format", format);
        return schema;
    }

    private static Map<String, Object> any() {
        return tree("x-kubernetes-preserve-unknown-fields", true);
    }

    private static Map<String, Object> tree(String key, Object value) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(key, value);
        return tree;
    }
}
