package dev.slipway.kernel.model;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;

/// JSON as plain trees: `Map<String, Object>` in order, `List<Object>`, `String`, `Long`, `Double`, `Boolean`, null.
///
/// Integers outside the range of a long become doubles, and doubles without a fraction are written as integers. Duplicate keys are reported to whoever asks; the last wins.
public final class Json {
    /// How deep a document may nest.
    public static final int MAX_DEPTH = 200;

    /// How long one string of a document may be, in characters.
    public static final int MAX_STRING_LENGTH = 16 * 1024 * 1024;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(MAX_STRING_LENGTH)
                                    .build())
                    .build();

    /// From here on whole numbers are not written digit by digit.
    private static final double MAX_WHOLE = 1e18;

    private Json() {}

    /// Reads one document; throws [MalformedException] with line and column where it is not JSON.
    public static @Nullable Object read(byte[] document) {
        return read(document, path -> {});
    }

    /// Like [#read(byte\[\])]; `duplicates` is told the path of each key that occurs twice in its object.
    public static @Nullable Object read(byte[] document, Consumer<String> duplicates) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), document)) {
            if (parser.nextToken() == null) {
                throw new MalformedException("the document is empty", null);
            }
            var value = value(parser, duplicates);
            if (parser.nextToken() != null) {
                throw new MalformedException("more follows after the end of the document", null);
            }
            return value;
        } catch (JacksonException e) {
            throw new MalformedException(where(e) + unquoted(e.getOriginalMessage()), e);
        }
    }

    /// What stands in a document may be confidential.
    private static String unquoted(String message) {
        return message.replaceFirst("^Unrecognized token '.*?': ", "unrecognized token: ");
    }

    /// A bound that was hit knows no place.
    private static String where(JacksonException e) {
        var at = e.getLocation();
        return at == null ? "" : "line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr());
    }

    /// Reads one document that must be an object.
    public static Map<String, Object> readObject(byte[] document) {
        if (read(document) instanceof Map<?, ?> map) {
            return cast(map);
        }
        throw new MalformedException("the document is not an object", null);
    }

    /// Reads one document that must be an object.
    public static Map<String, Object> readObject(String document) {
        return readObject(document.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes a tree, compact, keys in their order.
    public static byte[] write(@Nullable Object tree) {
        var out = new Gathered();
        write(tree, out);
        return out.bytes();
    }

    /// Writes a tree, compact, to a stream, which stays open.
    public static void write(@Nullable Object tree, OutputStream out) {
        try (JsonGenerator generator =
                FACTORY.createGenerator(ObjectWriteContext.empty(), new Unclosed(out))) {
            write(tree, generator);
        }
    }

    /// A tree as compact text.
    public static String text(@Nullable Object tree) {
        return new String(write(tree), StandardCharsets.UTF_8);
    }

    /// A copy that shares no map and no list with the original.
    public static @Nullable Object copy(@Nullable Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> copy(Json.cast(map));
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>(list.size());
                for (var item : list) {
                    copy.add(copy(item));
                }
                yield copy;
            }
            case null, default -> tree;
        };
    }

    /// A copy of an object that shares no map and no list with the original.
    public static Map<String, Object> copy(Map<String, Object> tree) {
        Map<String, Object> copy = LinkedHashMap.newLinkedHashMap(tree.size());
        tree.forEach((key, value) -> put(copy, key, copy(value)));
        return copy;
    }

    /// The object at a key, or an empty one that is not connected to `tree`.
    public static Map<String, Object> object(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof Map<?, ?> map ? cast(map) : Map.of();
    }

    /// The list at a key, or an empty one.
    public static List<Object> list(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof List<?> list ? castList(list) : List.of();
    }

    /// The text at a key, or the empty string where there is none or something else.
    public static String string(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof String text ? text : "";
    }

    /// The value at a path of keys, or null.
    public static @Nullable Object at(@Nullable Object tree, String... path) {
        Object here = tree;
        for (var key : path) {
            here = here instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return here;
    }

    /// The object at `key`, made there if it is not an object yet.
    public static Map<String, Object> child(Map<String, Object> tree, String key) {
        if (tree.get(key) instanceof Map<?, ?> map) {
            return cast(map);
        }
        Map<String, Object> made = new LinkedHashMap<>();
        tree.put(key, made);
        return made;
    }

    /// The same map, typed; every object of a tree has text keys.
    @SuppressWarnings("unchecked")
    public static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    /// The same list, typed.
    @SuppressWarnings("unchecked")
    public static List<Object> castList(List<?> list) {
        return (List<Object>) list;
    }

    private static @Nullable Object value(JsonParser parser, Consumer<String> duplicates) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, duplicates);
            case START_ARRAY -> array(parser, duplicates);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Object integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> number(parser);
        };
    }

    private static double number(JsonParser parser) {
        var number = parser.getDoubleValue();
        if (Double.isInfinite(number)) {
            var at = parser.currentTokenLocation();
            throw new MalformedException(
                    "line %d, column %d: the number is too large"
                            .formatted(at.getLineNr(), at.getColumnNr()),
                    null);
        }
        return number;
    }

    private static Map<String, Object> object(JsonParser parser, Consumer<String> duplicates) {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = parser.currentName();
            if (object.containsKey(key)) {
                duplicates.accept(place(parser.streamReadContext()));
            }
            parser.nextToken();
            put(object, key, value(parser, duplicates));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser, Consumer<String> duplicates) {
        var array = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, duplicates));
        }
        return array;
    }

    /// The path of what is being read: `spec.ports[1].name`.
    private static String place(TokenStreamContext here) {
        if (here.inRoot()) {
            return "";
        }
        var parent = place(here.getParent());
        if (here.inArray()) {
            return parent + "[" + here.getCurrentIndex() + "]";
        }
        return parent.isEmpty() ? here.currentName() : parent + "." + here.currentName();
    }

    /// Puts a value that may be null; the trees hold JSON nulls, which the type of their maps does not say.
    @SuppressWarnings("NullAway")
    public static void put(Map<String, Object> object, String key, @Nullable Object value) {
        object.put(key, value);
    }

    private static void write(@Nullable Object tree, JsonGenerator generator) {
        switch (tree) {
            case null -> generator.writeNull();
            case Map<?, ?> map -> {
                generator.writeStartObject();
                map.forEach((key, value) -> {
                    generator.writeName(String.valueOf(key));
                    write(value, generator);
                });
                generator.writeEndObject();
            }
            case List<?> list -> {
                generator.writeStartArray();
                for (var item : list) {
                    write(item, generator);
                }
                generator.writeEndArray();
            }
            case String text -> generator.writeString(text);
            case Boolean flag -> generator.writeBoolean(flag);
            case Long number -> generator.writeNumber(number);
            case Integer number -> generator.writeNumber(number);
            case Double number when isWhole(number) -> generator.writeNumber(number.longValue());
            case Double number -> generator.writeNumber(number);
            default ->
                    throw new IllegalArgumentException(
                            "not a JSON value: " + tree.getClass().getName());
        }
    }

    /// Whether a number reads the same without its fraction: clients take `2.0` for no integer.
    private static boolean isWhole(double number) {
        return number == Math.rint(number) && Math.abs(number) < MAX_WHOLE;
    }

    /// The bytes of one document: those of a short one come at once, and are copied once.
    private static final class Gathered extends OutputStream {
        private byte[] first = new byte[0];
        private @Nullable ByteArrayOutputStream rest;

        byte[] bytes() {
            return rest == null ? first : rest.toByteArray();
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (first.length == 0 && rest == null) {
                first = Arrays.copyOfRange(bytes, offset, offset + length);
            } else {
                more().write(bytes, offset, length);
            }
        }

        private ByteArrayOutputStream more() {
            var open = rest;
            if (open == null) {
                open = new ByteArrayOutputStream(4 * first.length);
                open.writeBytes(first);
                rest = open;
            }
            return open;
        }
    }

    /// Keeps a caller's stream open when the generator is closed.
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws java.io.IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws java.io.IOException {
            flush();
        }
    }
}
