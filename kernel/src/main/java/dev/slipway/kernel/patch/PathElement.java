package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One step of the path to a field, in the four forms that Kubernetes knows.
public sealed interface PathElement extends Comparable<PathElement> {
    /// A field of a struct or a key of a map.
    record Field(String name) implements PathElement {
        @Override
        public String encoded() {
            return "f:" + name;
        }

        @Override
        public String toString() {
            return "." + name;
        }
    }

    /// The item of a list whose key fields have these values.
    ///
    /// @param fields by name, in order
    record Key(Map<String, Object> fields) implements PathElement {
        public Key {
            fields = ordered(fields);
        }

        /// Nearly all keys are one field, and a list has many of them: that they take little room counts.
        private static Map<String, Object> ordered(Map<String, Object> fields) {
            if (fields.size() == 1) {
                var field = fields.entrySet().iterator().next();
                var value = normal(field.getValue());
                if (value != null) {
                    return Map.of(field.getKey(), value);
                }
            }
            SortedMap<String, Object> normal = new TreeMap<>();
            fields.forEach((name, value) -> Json.put(normal, name, normal(value)));
            return Collections.unmodifiableSortedMap(normal);
        }

        @Override
        public String encoded() {
            return fields.entrySet().stream()
                    .map(field -> text(field.getKey()) + ":" + text(field.getValue()))
                    .collect(Collectors.joining(",", "k:{", "}"));
        }

        @Override
        public String toString() {
            return fields.entrySet().stream()
                    .map(field -> field.getKey() + "=" + Json.text(field.getValue()))
                    .collect(Collectors.joining(",", "[", "]"));
        }
    }

    /// The item of a set that is this value.
    record Value(@Nullable Object value) implements PathElement {
        public Value {
            value = normal(value);
        }

        @Override
        public String encoded() {
            return "v:" + text(value);
        }

        @Override
        public String toString() {
            return "[=" + Json.text(value) + "]";
        }
    }

    /// The item of a list at a position: never written here, but read.
    record Index(long position) implements PathElement {
        @Override
        public String encoded() {
            return "i:" + position;
        }

        @Override
        public String toString() {
            return "[" + position + "]";
        }
    }

    /// Fields before keys before values before positions.
    Comparator<PathElement> ORDER =
            Comparator.comparingInt(PathElement::rank).thenComparing(PathElement::compareAlike);

    /// As a key of FieldsV1: `f:spec`.
    String encoded();

    /// Reads a key of FieldsV1; throws a [MalformedException] where it is none.
    static PathElement decode(String text) {
        var content = text.length() < 2 ? "" : text.substring(2);
        return switch (text.substring(0, Math.min(2, text.length()))) {
            case "f:" -> new Field(content);
            case "k:" -> key(content);
            case "v:" -> value(content);
            case "i:" -> new Index(position(content));
            default -> throw new MalformedException("not a path element: " + text, null);
        };
    }

    @Override
    default int compareTo(PathElement other) {
        // Nearly all are fields.
        return this instanceof Field(var name) && other instanceof Field(var its)
                ? name.compareTo(its)
                : ORDER.compare(this, other);
    }

    private static int rank(PathElement element) {
        return switch (element) {
            case Field _ -> 0;
            case Key _ -> 1;
            case Value _ -> 2;
            case Index _ -> 3;
        };
    }

    private static int compareAlike(PathElement left, PathElement right) {
        return switch (left) {
            case Field(var name) when right instanceof Field(var other) -> name.compareTo(other);
            case Key(var fields) when right instanceof Key(var others) -> compare(fields, others);
            case Value(var value) when right instanceof Value(var other) -> compare(value, other);
            case Index(var at) when right instanceof Index(var other) -> Long.compare(at, other);
            default -> 0;
        };
    }

    private static int compare(Map<String, Object> left, Map<String, Object> right) {
        var others = right.entrySet().iterator();
        for (var field : left.entrySet()) {
            var order = others.hasNext() ? compare(field, others) : 1;
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    private static int compare(
            Map.Entry<String, Object> field, Iterator<Map.Entry<String, Object>> others) {
        var other = others.next();
        var names = field.getKey().compareTo(other.getKey());
        return names != 0 ? names : compare(field.getValue(), other.getValue());
    }

    /// Numbers by size, then texts, then all else.
    private static int compare(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number number && right instanceof Number other) {
            return Double.compare(number.doubleValue(), other.doubleValue());
        }
        if (left instanceof String text && right instanceof String other) {
            return text.compareTo(other);
        }
        var ranks = Integer.compare(valueRank(left), valueRank(right));
        return ranks != 0 ? ranks : Json.text(left).compareTo(Json.text(right));
    }

    private static int valueRank(@Nullable Object value) {
        return switch (value) {
            case Number _ -> 0;
            case String _ -> 1;
            case null, default -> 2;
        };
    }

    /// A value as JSON; the short way for names, which need no escapes.
    private static String text(@Nullable Object value) {
        return value instanceof String name && isPlain(name) ? '"' + name + '"' : Json.text(value);
    }

    /// Reads `{"name":"web"}`, the usual key, without a parser.
    private static Key key(String text) {
        var middle = text.indexOf("\":\"", 2);
        var end = text.length() - 2;
        if (text.startsWith("{\"") && text.endsWith("\"}") && middle > 0 && middle + 3 <= end) {
            var name = text.substring(2, middle);
            var value = text.substring(middle + 3, end);
            if (isPlain(name) && isPlain(value)) {
                return new Key(Map.of(name, value));
            }
        }
        return new Key(Json.readObject(text));
    }

    /// Reads `"web"`, the usual value, without a parser.
    private static Value value(String text) {
        var end = text.length() - 1;
        if (end > 0 && text.startsWith("\"") && text.endsWith("\"")) {
            var value = text.substring(1, end);
            if (isPlain(value)) {
                return new Value(value);
            }
        }
        return new Value(Json.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int character) {
        return character >= ' ' && character < 0x7f && character != '"' && character != '\\';
    }

    /// A whole number is one value however it is written.
    private static @Nullable Object normal(@Nullable Object value) {
        return value instanceof Double number && number == Math.rint(number) && fits(number)
                ? (Object) number.longValue()
                : value;
    }

    private static boolean fits(double number) {
        return Math.abs(number) < Long.MAX_VALUE;
    }

    private static long position(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new MalformedException("not a position: " + text, e);
        }
    }
}
