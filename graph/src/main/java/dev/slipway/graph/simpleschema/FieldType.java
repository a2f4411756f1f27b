package dev.slipway.graph.simpleschema;

import dev.slipway.kernel.model.MalformedException;

/// The type part of a field: `string`, `[]Port`, `map[string]integer`.
sealed interface FieldType {
    /// How deep lists and maps of a type may nest.
    int MAX_NESTING = 16;

    /// An atom, `object`, or a type that the definition declares.
    record Named(String name) implements FieldType {}

    record ListOf(FieldType items) implements FieldType {}

    /// A map from text to values.
    record MapOf(FieldType values) implements FieldType {}

    /// Reads a type; throws [MalformedException] where the text is none.
    static FieldType parse(String text) {
        return parse(text.strip(), 0);
    }

    private static FieldType parse(String text, int depth) {
        if (depth > MAX_NESTING) {
            throw new MalformedException(
                    "lists and maps nest deeper than %d levels".formatted(MAX_NESTING), null);
        }
        if (text.startsWith("[]")) {
            return new ListOf(parse(text.substring(2), depth + 1));
        }
        if (text.startsWith("map[")) {
            return new MapOf(parse(valuesOfMap(text), depth + 1));
        }
        if (text.isEmpty()) {
            throw new MalformedException("the type is missing", null);
        }
        return new Named(text);
    }

    private static String valuesOfMap(String text) {
        var close = text.indexOf(']');
        if (close < 0) {
            throw new MalformedException("map[ is not closed: write map[string]integer", null);
        }
        var key = text.substring("map[".length(), close);
        if (!key.equals("string")) {
            throw new MalformedException(
                    "the keys of a map must be string, not \"" + key + "\"", null);
        }
        return text.substring(close + 1);
    }
}
