package dev.slipway.graph.simpleschema;

import dev.slipway.graph.findings.Suggestion;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// What each marker does to the OpenAPI schema of its field. A wrong one throws [MalformedException].
final class MarkerRules {
    private static final List<String> KEYS =
            List.of(
                    "required",
                    "default",
                    "description",
                    "enum",
                    "minimum",
                    "maximum",
                    "pattern",
                    "minLength",
                    "maxLength",
                    "minItems",
                    "maxItems",
                    "uniqueItems",
                    "listType",
                    "listMapKey",
                    "validation",
                    "immutable");
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");
    private static final String LIST_TYPE = "x-kubernetes-list-type";
    private static final String LIST_MAP_KEYS = "x-kubernetes-list-map-keys";

    private MarkerRules() {}

    /// Applies a marker; `required` is not a matter of the field's schema and left to the caller.
    static void apply(Marker marker, Map<String, Object> schema) {
        var value = marker.value();
        switch (marker.key()) {
            case "required" -> flag(marker);
            case "default" -> Json.put(schema, "default", defaultValue(marker, schema));
            case "description" -> schema.put("description", value);
            case "enum" -> schema.put("enum", enumeration(marker, schema));
            case "minimum", "maximum" -> schema.put(marker.key(), number(marker));
            case "pattern" -> {
                only(marker, schema, "string");
                schema.put("pattern", pattern(marker));
            }
            case "minLength", "maxLength" -> {
                only(marker, schema, "string");
                schema.put(marker.key(), size(marker));
            }
            case "minItems", "maxItems" -> {
                only(marker, schema, "array");
                schema.put(marker.key(), size(marker));
            }
            case "uniqueItems", "listType", "listMapKey" -> list(marker, schema);
            case "validation" -> rule(schema, expression(marker), "validation failed");
            case "immutable" -> {
                if (flag(marker)) {
                    rule(schema, "self == oldSelf", "field is immutable");
                }
            }
            default ->
                    throw malformed(
                            "unknown marker \"%s\"%s"
                                    .formatted(marker.key(), Suggestion.of(marker.key(), KEYS)));
        }
    }

    /// What must hold when all markers of a field were applied.
    static void finish(Map<String, Object> schema) {
        if (schema.containsKey(LIST_MAP_KEYS) && !"map".equals(schema.get(LIST_TYPE))) {
            throw malformed("listMapKey needs listType=map");
        }
    }

    static boolean flag(Marker marker) {
        if (TRUE.contains(marker.value())) {
            return true;
        }
        if (FALSE.contains(marker.value())) {
            return false;
        }
        throw malformed(
                "%s must be true or false, not \"%s\"".formatted(marker.key(), marker.value()));
    }

    private static @Nullable Object defaultValue(Marker marker, Map<String, Object> schema) {
        return switch (Json.string(schema, "type")) {
            case "string" -> marker.value();
            case "integer" -> integer(marker);
            case "number" -> number(marker);
            case "boolean" -> flag(marker);
            case "array" -> json(marker, List.class, "a JSON list");
            default -> json(marker, Map.class, "a JSON object");
        };
    }

    private static Object json(Marker marker, Class<?> type, String expected) {
        try {
            var value = Json.read(marker.value().getBytes(StandardCharsets.UTF_8));
            if (type.isInstance(value)) {
                return Objects.requireNonNull(value);
            }
        } catch (MalformedException e) {
            throw malformed("default must be %s: %s".formatted(expected, e.getMessage()));
        }
        throw malformed("default must be %s, not %s".formatted(expected, marker.value()));
    }

    private static List<Object> enumeration(Marker marker, Map<String, Object> schema) {
        var type = Json.string(schema, "type");
        if (!type.equals("string") && !type.equals("integer")) {
            throw malformed("enum is for string and integer fields only");
        }
        var values = new ArrayList<>();
        for (var item : Arrays.stream(marker.value().split(",", -1)).map(String::strip).toList()) {
            if (item.isEmpty()) {
                throw malformed("enum has an empty item");
            }
            values.add(type.equals("integer") ? integer(new Marker("enum", item)) : item);
        }
        return values;
    }

    private static Object integer(Marker marker) {
        try {
            return Long.valueOf(marker.value());
        } catch (NumberFormatException e) {
            throw malformed(
                    "%s must be a valid integer, not \"%s\""
                            .formatted(marker.key(), marker.value()));
        }
    }

    private static long size(Marker marker) {
        if (integer(marker) instanceof Long size && size >= 0) {
            return size;
        }
        throw malformed("%s must not be negative".formatted(marker.key()));
    }

    /// A long where the number is whole, so that it is written as the author wrote it.
    private static Object number(Marker marker) {
        try {
            var number = Double.parseDouble(marker.value());
            if (!Double.isFinite(number)) {
                throw new NumberFormatException("not finite");
            }
            return number == Math.rint(number) && Math.abs(number) < 1L << 53
                    ? (Object) (long) number
                    : (Object) number;
        } catch (NumberFormatException e) {
            throw malformed(
                    "%s must be a number, not \"%s\"".formatted(marker.key(), marker.value()));
        }
    }

    private static String pattern(Marker marker) {
        if (marker.value().isEmpty()) {
            throw malformed("pattern is empty");
        }
        try {
            return Pattern.compile(marker.value()).pattern();
        } catch (PatternSyntaxException e) {
            throw malformed(
                    "pattern \"%s\" is not a regular expression: %s"
                            .formatted(marker.value(), e.getDescription()));
        }
    }

    private static String expression(Marker marker) {
        if (marker.value().isBlank()) {
            throw malformed("validation is empty");
        }
        return marker.value();
    }

    private static void list(Marker marker, Map<String, Object> schema) {
        only(marker, schema, "array");
        switch (marker.key()) {
            case "uniqueItems" -> {
                if (flag(marker)) {
                    listType(schema, "set");
                }
            }
            case "listType" -> {
                if (!Set.of("atomic", "set", "map").contains(marker.value())) {
                    throw malformed(
                            "listType must be atomic, set or map, not \"%s\""
                                    .formatted(marker.value()));
                }
                listType(schema, marker.value());
            }
            default -> listMapKey(marker, schema);
        }
    }

    private static void listType(Map<String, Object> schema, String type) {
        var known = schema.put(LIST_TYPE, type);
        if (known != null && !known.equals(type)) {
            throw malformed(
                    "listType=%s and a list of type %s exclude each other".formatted(type, known));
        }
    }

    private static void listMapKey(Marker marker, Map<String, Object> schema) {
        var keys = new ArrayList<>(Json.list(schema, LIST_MAP_KEYS));
        if (keys.contains(marker.value())) {
            throw malformed("listMapKey=%s is written twice".formatted(marker.value()));
        }
        keys.add(marker.value());
        schema.put(LIST_MAP_KEYS, keys);
    }

    private static void rule(Map<String, Object> schema, String expression, String message) {
        var rules = new ArrayList<>(Json.list(schema, "x-kubernetes-validations"));
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("rule", expression);
        rule.put("message", message);
        rules.add(rule);
        schema.put("x-kubernetes-validations", rules);
    }

    private static void only(Marker marker, Map<String, Object> schema, String type) {
        if (!Json.string(schema, "type").equals(type)) {
            throw malformed("%s is for %s fields only".formatted(marker.key(), type));
        }
    }

    private static MalformedException malformed(String message) {
        return new MalformedException(message, null);
    }
}
