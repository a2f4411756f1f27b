package dev.slipway.apiserver.protobuf;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.StructField;
import dev.slipway.kernel.schema.Structs;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a message of a JSON tree, by what is known of its fields: what [MessageReader] reads. Whatever stands in the
/// tree is written, zero too; what is no field of the message is left out. A value that does not fit its field is a
/// [ClassCastException].
final class MessageWriter {
    private final Structs structs = Structs.load();

    Output write(String message, Map<String, Object> tree) {
        var out = new Output();
        for (var field : structs.fields(message)) {
            var value = tree.get(field.name());
            if (field.isInline()) {
                inline(field, tree, out);
            } else if (value != null) {
                field(field, value, out);
            }
        }
        return out;
    }

    /// The field's own fields stand in the same tree.
    private void inline(StructField field, Map<String, Object> tree, Output out) {
        var part = write(field.type(), tree);
        if (!part.isEmpty()) {
            out.part(field.number(), part);
        }
    }

    private void field(StructField field, Object value, Output out) {
        switch (field.shape()) {
            case ONE -> value(field.number(), field.type(), value, out);
            case LIST -> list(field, (List<?>) value, out);
            case MAP -> map(field, (Map<?, ?>) value, out);
        }
    }

    private void list(StructField field, List<?> items, Output out) {
        for (var item : items) {
            if (item != null || WellKnown.isJson(field.type())) {
                value(field.number(), field.type(), item, out);
            }
        }
    }

    private void map(StructField field, Map<?, ?> entries, Output out) {
        entries.forEach((key, value) -> {
            var entry = new Output().text(1, (String) key);
            if (value != null) {
                value(2, field.type(), value, entry);
            }
            out.part(field.number(), entry);
        });
    }

    private void value(int number, String type, @Nullable Object value, Output out) {
        switch (value) {
            case String text when type.equals("string") -> out.text(number, text);
            case String text when type.equals("bytes") ->
                    out.part(number, Base64.getDecoder().decode(text));
            case Boolean truth when type.equals("bool") -> out.number(number, truth ? 1 : 0);
            case Long whole when type.startsWith("int") -> out.number(number, whole);
            case Number any when type.equals("double") -> out.eightBytes(number, any.doubleValue());
            case null, default -> out.part(number, message(type, value));
        }
    }

    private Output message(String type, @Nullable Object value) {
        if (value == null) {
            return WellKnown.json(null);
        }
        if (WellKnown.knows(type)) {
            return WellKnown.write(type, value);
        }
        var fields = structs.fields(type);
        if (MessageReader.isEither(fields)) {
            return either(fields, value);
        }
        // A scalar's type has no fields: a value that it is not is no tree either.
        return MessageReader.isWrapper(fields)
                ? write(type, Map.of("items", value))
                : write(type, Json.cast((Map<?, ?>) value));
    }

    /// One of two fields, by what the value is; a schema says by itself that there is one.
    private Output either(List<StructField> fields, Object value) {
        var out = new Output();
        for (var field : fields) {
            if (isOf(field, value)) {
                field(field, value, out);
            } else if (field.type().equals("bool")) {
                out.number(field.number(), 1);
            }
        }
        return out;
    }

    private static boolean isOf(StructField field, Object value) {
        return switch (value) {
            case Boolean _ -> field.type().equals("bool");
            case List<?> _ -> field.shape() == StructField.Shape.LIST;
            default -> field.shape() == StructField.Shape.ONE && !field.type().equals("bool");
        };
    }
}
