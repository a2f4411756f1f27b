package dev.slipway.kernel.schema;

/// What is known of one field of a struct that a built-in kind is made of.
///
/// @param number in protocol buffers
/// @param name in JSON; empty where the field's own fields stand in its place
/// @param type a scalar's (`string`, `int32`, `int64`, `bool`, `double`, `bytes`) or a struct's name
/// @param pointer whether absence differs from zero
/// @param always whether it is written even when it is zero
public record StructField(
        int number, String name, Shape shape, String type, boolean pointer, boolean always) {
    /// How often it may occur.
    public enum Shape {
        ONE,
        LIST,
        /// Entries with a text as their key.
        MAP
    }

    /// Whether its own fields stand in its place.
    public boolean isInline() {
        return name.isEmpty();
    }

    /// Whether zero is a value of its own.
    public boolean keepsZero() {
        return pointer || always;
    }

    /// Reads `NUMBER:NAME:TYPE`, where a type that begins with a dot is of the package of the struct.
    static StructField parse(String text, String of) {
        var parts = text.split(":", 3);
        var type = parts[2];
        var always = type.endsWith("!");
        var rest = always ? type.substring(0, type.length() - 1) : type;
        var pointer = rest.endsWith("*");
        var shape = shape(rest);
        var bare = rest.substring(shape == Shape.ONE ? 0 : 2, rest.length() - (pointer ? 1 : 0));
        return new StructField(
                Integer.parseInt(parts[0]),
                parts[1],
                shape,
                bare.startsWith(".") ? of + bare : bare,
                pointer,
                always);
    }

    private static Shape shape(String type) {
        if (type.startsWith("[]")) {
            return Shape.LIST;
        }
        return type.startsWith("{}") ? Shape.MAP : Shape.ONE;
    }
}
