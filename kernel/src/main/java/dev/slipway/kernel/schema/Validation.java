package dev.slipway.kernel.schema;

import com.google.re2j.PatternSyntaxException;
import dev.slipway.expression.library.Patterns;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The check of a value against its schema: everything that is wrong, at once, in Kubernetes' words.
///
/// Problems that belong to no field (a branch of `anyOf`, the whole object) are reported at `<nil>`, as Kubernetes
/// does. Expressions (`x-kubernetes-validations`) are not looked at here.
public final class Validation {
    /// How many causes one check reports; more would help nobody.
    public static final int MAX_CAUSES = 1000;

    /// How far a quotient may be from a whole number, relative to it.
    private static final double ROUNDING = 1e-9;

    private final List<FieldCause> causes = new ArrayList<>();

    private final Embedded embedded;

    private Validation(Embedded embedded) {
        this.embedded = embedded;
    }

    /// All that is wrong with `value`, found at `path`, which is empty for a whole object.
    public static List<FieldCause> check(@Nullable Object value, Schema schema, String path) {
        return check(value, schema, path, Embedded.UNCHECKED);
    }

    /// All that is wrong with `value` and with the resources that lie in it.
    public static List<FieldCause> check(
            @Nullable Object value, Schema schema, String path, Embedded embedded) {
        var validation = new Validation(embedded);
        validation.value(value, schema, Place.root(path));
        return List.copyOf(validation.causes);
    }

    private void value(@Nullable Object value, Schema schema, Place path) {
        if (causes.size() >= MAX_CAUSES || (value == null && schema.nullable())) {
            return;
        }
        if (!hasType(value, schema, path)) {
            return;
        }
        enumeration(value, schema, path);
        switch (value) {
            case String text -> text(text, schema, path);
            case Long number -> number(number, schema, path);
            case Double number -> number(number, schema, path);
            case List<?> list -> list(list, schema, path);
            case Map<?, ?> map -> object(Json.cast(map), schema, path);
            case null, default -> {}
        }
        if (schema.constrained()) {
            new Junctors(causes, path).check(value, schema);
        }
    }

    private boolean hasType(@Nullable Object value, Schema schema, Place path) {
        var actual = typeName(value);
        if (schema.intOrString()) {
            var fits = value instanceof Long || value instanceof String || isAmount(value, schema);
            return fits || wrongType(actual, "integer,string", path);
        }
        var type = schema.type();
        if (type.isEmpty()
                || type.equals(actual)
                || (type.equals("number") && value instanceof Long)) {
            return true;
        }
        if (type.equals("integer") && value instanceof Double number) {
            return isWhole(number) || fraction(path);
        }
        return wrongType(actual, type, path);
    }

    private boolean wrongType(String actual, String type, Place path) {
        add(FieldCause.type(field(path), actual, mustBe(path, type, actual)));
        return false;
    }

    private boolean fraction(Place path) {
        add(
                FieldCause.invalid(
                        NOWHERE,
                        "",
                        "Checked value must be of type integer (default format) in " + path));
        return wrongType("number", "integer", path);
    }

    /// Amounts of resources are numbers or texts, written by Kubernetes as a pair of types.
    private static boolean isAmount(@Nullable Object value, Schema schema) {
        return value instanceof Double
                && Json.list(schema.raw(), "oneOf").contains(Map.of("type", "number"));
    }

    private void enumeration(@Nullable Object value, Schema schema, Place path) {
        if (!schema.enumeration().isEmpty()
                && schema.enumeration().stream().noneMatch(one -> same(one, value))) {
            var supported =
                    schema.enumeration().stream()
                            .map(one -> one instanceof String text ? text : Json.text(one))
                            .toList();
            add(FieldCause.notSupported(field(path), value == null ? "null" : value, supported));
        }
    }

    // ---- texts

    /// The first rule of a text that is broken is the one that is reported.
    private void text(String text, Schema schema, Place path) {
        if (schema.constrained()) {
            limits(text, schema, path);
        }
        if (schema.type().equals("string") && !Formats.accepts(schema.format(), text)) {
            add(FieldCause.type(field(path), text, mustBe(path, schema.format(), text)));
        }
    }

    private void limits(String text, Schema schema, Place path) {
        var length = text.codePointCount(0, text.length());
        if (length > bound(schema, "maxLength", Long.MAX_VALUE)) {
            add(tooLong(field(path), schema.keyword("maxLength")));
        } else if (length < bound(schema, "minLength", 0)) {
            invalid(path, text, "should be at least %s chars long", schema.keyword("minLength"));
        } else if (schema.keyword("pattern") instanceof String pattern && !matches(pattern, text)) {
            invalid(path, text, "should match '%s'", pattern);
        }
    }

    /// Linear in the text's length; a pattern that does not compile was refused with its schema and accepts all.
    private static boolean matches(String pattern, String text) {
        try {
            return Patterns.compile(pattern).matcher(text).find();
        } catch (PatternSyntaxException e) {
            return true;
        }
    }

    // ---- numbers

    private void number(Number number, Schema schema, Place path) {
        if (!inFormat(number, schema.format())) {
            add(
                    FieldCause.invalid(
                            NOWHERE,
                            "",
                            "Checked value must be of type %s with format %s in %s"
                                    .formatted(schema.type(), schema.format(), path)));
        }
        if (schema.constrained()) {
            limits(number, schema, path);
        }
    }

    private void limits(Number number, Schema schema, Place path) {
        minimum(number, schema, path);
        maximum(number, schema, path);
        if (schema.keyword("multipleOf") instanceof Number factor
                && !isMultiple(number.doubleValue(), factor.doubleValue())) {
            invalid(path, number, "should be a multiple of %s", plain(factor));
        }
    }

    /// Whether one goes into the other as far as binary fractions can tell: 0.3 is three times 0.1.
    private static boolean isMultiple(double number, double factor) {
        var times = factor < 1 ? 1 / factor * number : number / factor;
        var whole = Math.rint(times);
        return Math.abs(times - whole) <= ROUNDING * Math.abs(whole);
    }

    private void minimum(Number number, Schema schema, Place path) {
        if (!(schema.keyword("minimum") instanceof Number least)) {
            return;
        }
        var exclusive = Boolean.TRUE.equals(schema.keyword("exclusiveMinimum"));
        var order = compare(number, least);
        if (order < 0 || (exclusive && order == 0)) {
            var than =
                    exclusive
                            ? "should be greater than %s"
                            : "should be greater than or equal to %s";
            invalid(path, number, than, plain(least));
        }
    }

    private void maximum(Number number, Schema schema, Place path) {
        if (!(schema.keyword("maximum") instanceof Number most)) {
            return;
        }
        var exclusive = Boolean.TRUE.equals(schema.keyword("exclusiveMaximum"));
        var order = compare(number, most);
        if (order > 0 || (exclusive && order == 0)) {
            var than = exclusive ? "should be less than %s" : "should be less than or equal to %s";
            invalid(path, number, than, plain(most));
        }
    }

    private static boolean inFormat(Number number, String format) {
        return switch (format) {
            case "int32" ->
                    number.doubleValue() >= Integer.MIN_VALUE
                            && number.doubleValue() <= Integer.MAX_VALUE;
            case "int64" -> number instanceof Long || Math.abs(number.doubleValue()) < 0x1p63;
            default -> true;
        };
    }

    // ---- lists

    private void list(List<?> list, Schema schema, Place path) {
        size(list.size(), "Items", schema, path);
        for (int i = 0; schema.items().isPresent() && i < list.size(); i++) {
            value(list.get(i), schema.items().get(), path.item(i));
        }
        // Built-in kinds, which are the ones with patch strategies, have rules of their own.
        if (schema.list() != Schema.ListType.ATOMIC && schema.patchStrategy().isEmpty()) {
            duplicates(list, schema, path);
        }
    }

    private void duplicates(List<?> list, Schema schema, Place path) {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            var identity = identity(list.get(i), schema);
            if (identity != null && !seen.add(identity)) {
                add(
                        new FieldCause(
                                "FieldValueDuplicate",
                                path.item(i).toString(),
                                "Duplicate value: " + Json.text(identity)));
            }
        }
    }

    private static @Nullable Object identity(@Nullable Object item, Schema schema) {
        if (schema.list() == Schema.ListType.SET || !(item instanceof Map<?, ?> map)) {
            return item;
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        schema.listMapKeys()
                .forEach(key -> {
                    if (map.get(key) != null) {
                        Json.put(keys, key, map.get(key));
                    }
                });
        return keys;
    }

    // ---- objects

    private void object(Map<String, Object> object, Schema schema, Place path) {
        for (var name : schema.required()) {
            if (!object.containsKey(name)) {
                add(FieldCause.required(path.field(name).toString(), ""));
            }
        }
        if (schema.embedded()) {
            embedded.check(object, field(path)).forEach(this::add);
        }
        size(object.size(), "Properties", schema, path);
        object.forEach((name, value) -> member(name, value, schema, path));
    }

    private void member(String name, @Nullable Object value, Schema schema, Place path) {
        var known = schema.property(name);
        if (known != null) {
            value(value, known, path.field(name));
        } else if (schema.isMap()) {
            value(value, schema.additionalProperties().orElseThrow(), path.field(name));
        }
    }

    // ---- words

    /// The field of problems that belong to none.
    static final String NOWHERE = "<nil>";

    private static String field(Place path) {
        var text = path.toString();
        return text.isEmpty() ? NOWHERE : text;
    }

    private static String mustBe(Place path, String type, String actual) {
        return "%s in body must be of type %s: %s".formatted(path, type, Json.text(actual));
    }

    private void invalid(Place path, Object value, String detail, @Nullable Object bound) {
        add(FieldCause.invalid(field(path), value, path + " in body " + detail.formatted(bound)));
    }

    /// @param what is counted, as the keywords name it: `Items`
    private void size(int size, String what, Schema schema, Place path) {
        if (!schema.constrained()) {
            return;
        }
        if (size < bound(schema, "min" + what, 0)) {
            invalid(
                    path,
                    (long) size,
                    "should have at least %s " + what.toLowerCase(Locale.ROOT),
                    schema.keyword("min" + what));
        }
        var most = bound(schema, "max" + what, Long.MAX_VALUE);
        if (size > most) {
            add(
                    new FieldCause(
                            "FieldValueTooMany",
                            field(path),
                            "Too many: %d: must have at most %d item%s"
                                    .formatted(size, most, most == 1 ? "" : "s")));
        }
    }

    private static FieldCause tooLong(String field, @Nullable Object most) {
        return new FieldCause(
                "FieldValueTooLong",
                field,
                "Too long: may not be more than %s bytes".formatted(most));
    }

    private void add(FieldCause cause) {
        if (causes.size() < MAX_CAUSES) {
            causes.add(cause);
        }
    }

    // ---- values

    private static String typeName(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "string";
            case Boolean _ -> "boolean";
            case Long _ -> "integer";
            case Double _ -> "number";
            case List<?> _ -> "array";
            default -> "object";
        };
    }

    private static long bound(Schema schema, String keyword, long otherwise) {
        return schema.keyword(keyword) instanceof Number number ? number.longValue() : otherwise;
    }

    private static boolean isWhole(double number) {
        return Math.rint(number) == number && Math.abs(number) < 0x1p53;
    }

    private static int compare(Number a, Number b) {
        return (a instanceof Long x && b instanceof Long y)
                ? Long.compare(x, y)
                : Double.compare(a.doubleValue(), b.doubleValue());
    }

    private static boolean same(Object a, @Nullable Object b) {
        return (a instanceof Number x && b instanceof Number y) ? compare(x, y) == 0 : a.equals(b);
    }

    private static Object plain(Number number) {
        return isWhole(number.doubleValue()) ? (Object) number.longValue() : number;
    }
}
