package dev.slipway.apiserver.openapi;

import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes a document of OpenAPI v2 as the protobuf message `openapi.v2.Document`, which kubectl asks for.
///
/// The numbers are those of the fields in that format's public definition. Values of any type are YAML there; JSON is.
final class SwaggerMessage {
    private SwaggerMessage() {}

    static byte[] of(Map<String, Object> document) {
        var info = Json.object(document, "info");
        return new Message()
                .text(1, document.get("swagger"))
                .message(2, new Message().text(1, info.get("title")).text(2, info.get("version")))
                .message(8, named(2, Json.object(document, "paths"), SwaggerMessage::path))
                .message(9, named(1, Json.object(document, "definitions"), SwaggerMessage::schema))
                .bytes();
    }

    /// A map, which is a message of pairs.
    private static Message named(
            int field, Map<String, Object> map, Function<Map<String, Object>, Message> value) {
        var message = new Message();
        map.forEach((name, one) -> {
            var inner = value.apply(Json.cast((Map<?, ?>) one));
            message.message(field, new Message().text(1, name).message(2, inner));
        });
        return message;
    }

    private static Message path(Map<String, Object> item) {
        var message = new Message();
        operation(message, 2, item.get("get"));
        operation(message, 3, item.get("put"));
        operation(message, 4, item.get("post"));
        operation(message, 5, item.get("delete"));
        operation(message, 8, item.get("patch"));
        parameters(message, 9, item);
        return message;
    }

    private static void operation(Message path, int field, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            var tree = Json.cast(map);
            var message =
                    new Message()
                            .texts(1, Json.list(tree, "tags"))
                            .text(3, tree.get("description"))
                            .text(5, tree.get("operationId"))
                            .texts(6, Json.list(tree, "produces"))
                            .texts(7, Json.list(tree, "consumes"));
            parameters(message, 8, tree);
            message.message(9, named(1, Json.object(tree, "responses"), SwaggerMessage::response));
            extensions(message, 13, tree);
            path.message(field, message);
        }
    }

    private static Message response(Map<String, Object> tree) {
        var message = new Message().text(1, tree.get("description"));
        if (tree.get("schema") instanceof Map<?, ?> schema) {
            message.message(2, new Message().message(1, schema(Json.cast(schema))));
        }
        return new Message().message(1, message);
    }

    private static void parameters(Message owner, int field, Map<String, Object> tree) {
        for (var one : Json.list(tree, "parameters")) {
            var parameter = parameter(Json.cast((Map<?, ?>) one));
            owner.message(field, new Message().message(1, parameter));
        }
    }

    private static Message parameter(Map<String, Object> tree) {
        return switch (Json.string(tree, "in")) {
            case "body" -> new Message().message(1, bodyParameter(tree));
            case "query" -> new Message().message(2, new Message().message(3, placed(tree, 6, 7)));
            default -> new Message().message(2, new Message().message(4, placed(tree, 5, 6)));
        };
    }

    private static Message bodyParameter(Map<String, Object> tree) {
        return new Message()
                .text(2, tree.get("name"))
                .text(3, tree.get("in"))
                .flag(4, tree.get("required"))
                .message(5, schema(Json.object(tree, "schema")));
    }

    /// A parameter in the query or in the path.
    private static Message placed(Map<String, Object> tree, int type, int format) {
        return new Message()
                .flag(1, tree.get("required"))
                .text(2, tree.get("in"))
                .text(3, tree.get("description"))
                .text(4, tree.get("name"))
                .text(type, tree.get("type"))
                .text(format, tree.get("format"));
    }

    private static Message schema(Map<String, Object> tree) {
        var message =
                new Message()
                        .text(1, tree.get("$ref"))
                        .text(2, tree.get("format"))
                        .text(3, tree.get("title"))
                        .text(4, tree.get("description"));
        any(message, 5, tree.get("default"));
        limits(message, tree);
        message.texts(19, Json.list(tree, "required"));
        Json.list(tree, "enum").forEach(value -> any(message, 20, value));
        nested(message, tree);
        any(message, 30, tree.get("example"));
        extensions(message, 31, tree);
        return message;
    }

    private static void limits(Message message, Map<String, Object> tree) {
        message.decimal(6, tree.get("multipleOf"))
                .decimal(7, tree.get("maximum"))
                .flag(8, tree.get("exclusiveMaximum"))
                .decimal(9, tree.get("minimum"))
                .flag(10, tree.get("exclusiveMinimum"))
                .whole(11, tree.get("maxLength"))
                .whole(12, tree.get("minLength"))
                .text(13, tree.get("pattern"))
                .whole(14, tree.get("maxItems"))
                .whole(15, tree.get("minItems"))
                .flag(16, tree.get("uniqueItems"))
                .whole(17, tree.get("maxProperties"))
                .whole(18, tree.get("minProperties"));
    }

    private static void nested(Message message, Map<String, Object> tree) {
        switch (tree.get("additionalProperties")) {
            case Map<?, ?> schema ->
                    message.message(21, new Message().message(1, schema(Json.cast(schema))));
            case Boolean flag -> message.message(21, new Message().flag(2, flag));
            case null, default -> {}
        }
        if (tree.get("type") instanceof String type) {
            message.message(22, new Message().texts(1, List.of(type)));
        }
        if (tree.get("items") instanceof Map<?, ?> items) {
            message.message(23, new Message().message(1, schema(Json.cast(items))));
        }
        if (tree.get("properties") instanceof Map<?, ?> properties) {
            message.message(25, named(1, Json.cast(properties), SwaggerMessage::schema));
        }
    }

    private static void extensions(Message message, int field, Map<String, Object> tree) {
        tree.forEach((key, value) -> {
            if (key.startsWith("x-")) {
                var pair = new Message().text(1, key);
                any(pair, 2, value);
                message.message(field, pair);
            }
        });
    }

    private static void any(Message message, int field, @Nullable Object value) {
        if (value != null) {
            message.message(field, new Message().text(2, Json.text(value)));
        }
    }
}
