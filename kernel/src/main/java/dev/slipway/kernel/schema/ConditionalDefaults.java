package dev.slipway.kernel.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.kernel.model.Json;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Defaults that hang on the object's other fields, listed with a definition under `x-slipway-defaults`.
///
/// Each rule has conditions, `when: {field: value}`, where a value may be a list of alternatives, `*` for any, or
/// null for none, and one or more of: `set: {field: value}`, `copy: {field: other}`, `lowerCase: {field: other}`,
/// `listOf: {field: other}` (the other with `List` behind it), `encode: {field: other}` (the other's texts in base64,
/// and the other goes, where all of them are texts), `pullPolicy: field`. Except for `encode` all of them only fill in what is absent.
final class ConditionalDefaults {
    static final String KEYWORD = SchemaWriter.PRIVATE + "defaults";

    private ConditionalDefaults() {}

    static void apply(Map<String, Object> object, Schema schema) {
        for (var rule : Json.list(schema.raw(), KEYWORD)) {
            if (rule instanceof Map<?, ?> map
                    && holds(Json.object(Json.cast(map), "when"), object)) {
                apply(Json.cast(map), object);
            }
        }
    }

    private static boolean holds(Map<String, Object> conditions, Map<String, Object> object) {
        return conditions.entrySet().stream()
                .allMatch(condition -> holds(condition.getValue(), object.get(condition.getKey())));
    }

    private static boolean holds(@Nullable Object wanted, @Nullable Object actual) {
        return switch (wanted) {
            case List<?> alternatives -> alternatives.contains(actual);
            case String any when any.equals("*") -> actual != null;
            case null, default -> Objects.equals(wanted, actual);
        };
    }

    private static void apply(Map<String, Object> rule, Map<String, Object> object) {
        Json.object(rule, "set").forEach((field, value) -> fill(object, field, Json.copy(value)));
        Json.object(rule, "copy")
                .forEach((field, other) ->
                        fill(object, field, Json.copy(object.get((String) other))));
        texts(rule, "lowerCase", object, text -> text.toLowerCase(Locale.ROOT));
        texts(rule, "listOf", object, text -> text + "List");
        Json.object(rule, "encode")
                .forEach((field, other) -> encode(object, field, (String) other));
        if (rule.get("pullPolicy") instanceof String field
                && object.get("image") instanceof String image) {
            fill(object, field, pullPolicy(image));
        }
    }

    private static void texts(
            Map<String, Object> rule,
            String keyword,
            Map<String, Object> object,
            UnaryOperator<String> change) {
        Json.object(rule, keyword)
                .forEach((field, other) -> {
                    if (object.get((String) other) instanceof String text) {
                        fill(object, field, change.apply(text));
                    }
                });
    }

    private static void encode(Map<String, Object> object, String field, String other) {
        if (!(object.get(other) instanceof Map<?, ?> texts)
                || !texts.values().stream().allMatch(String.class::isInstance)) {
            return;
        }
        object.remove(other);
        var encoded = Json.child(object, field);
        texts.forEach((key, text) ->
                encoded.put(
                        (String) key,
                        Base64.getEncoder().encodeToString(String.valueOf(text).getBytes(UTF_8))));
    }

    /// Images that move are pulled each time: those tagged `latest`, or not at all.
    private static String pullPolicy(String image) {
        var name = image.substring(image.lastIndexOf('/') + 1);
        var fixed = name.contains("@") || (name.contains(":") && !name.endsWith(":latest"));
        return fixed ? "IfNotPresent" : "Always";
    }

    /// Fills an absent field; objects that are there get the members that they lack.
    private static void fill(Map<String, Object> object, String field, @Nullable Object value) {
        if (value instanceof Map<?, ?> members && object.get(field) instanceof Map<?, ?> present) {
            Json.cast(members).forEach((name, member) -> fill(Json.cast(present), name, member));
        } else if (value != null && object.get(field) == null) {
            object.put(field, value);
        }
    }
}
