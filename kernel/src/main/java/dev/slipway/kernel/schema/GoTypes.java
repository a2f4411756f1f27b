package dev.slipway.kernel.schema;

import java.util.List;
import java.util.Map;

/// The names that types have in Go's errors.
final class GoTypes {
    private GoTypes() {}

    /// A field's type: `map[string]string`, `[]v1.Container`.
    static String of(StructField field) {
        var one = one(field.type());
        return switch (field.shape()) {
            case ONE -> one;
            case LIST -> "[]" + one;
            case MAP -> "map[string]" + one;
        };
    }

    /// The type of one value: `int32`, `v1.Container`.
    static String one(String type) {
        return switch (type) {
            case "bytes" -> "[]uint8";
            case "double" -> "float64";
            case String struct when struct.contains(".") ->
                    struct.substring(struct.lastIndexOf('.', struct.lastIndexOf('.') - 1) + 1);
            default -> type;
        };
    }

    /// A struct's name without its package.
    static String bare(String struct) {
        return struct.substring(struct.lastIndexOf('.') + 1);
    }

    /// Whether a type is a list that has a message of its own in protocol buffers only.
    static boolean isList(String type) {
        var fields = Structs.load().fields(type);
        return fields.size() == 1
                && fields.getFirst().name().equals("items")
                && fields.getFirst().shape() == StructField.Shape.LIST;
    }

    /// What a JSON value is called.
    static String json(Object value) {
        return switch (value) {
            case String _ -> "string";
            case Boolean _ -> "bool";
            case List<?> _ -> "array";
            case Map<?, ?> _ -> "object";
            default -> "number";
        };
    }
}
