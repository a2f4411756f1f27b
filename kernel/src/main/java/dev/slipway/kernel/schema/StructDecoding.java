package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a tree as the struct that a built-in kind is: what has the wrong type is refused, null becomes nothing, zero
/// is left out where it says no more than absence, and texts get the one form in which their worth is written.
///
/// Unknown fields stay as they are. Errors are in the words of Go, which clients know.
public final class StructDecoding {
    private static final String OBJECT_META = Definitions.OBJECT_META;
    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    /// Structs that read themselves, from any JSON.
    private static final Set<String> OPEN =
            Set.of(
                    META + "FieldsV1",
                    "io.k8s.apimachinery.pkg.runtime.RawExtension",
                    "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON");

    /// Who owns which fields is read apart, and an empty list of owners is a wish of its own.
    private static final String OWNERS = "managedFields";

    private static final String SCHEMA =
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps";

    private final Structs structs = Structs.load();
    private final Deque<String> path = new ArrayDeque<>();

    private StructDecoding() {}

    /// Reads a whole object in place; throws a [MalformedException] at the first value that does not fit.
    public static void decode(Map<String, Object> object, String struct) {
        new StructDecoding().struct(object, struct, struct);
    }

    /// Reads the metadata of an object of any kind in place.
    public static void metadata(Map<String, Object> metadata) {
        decode(metadata, OBJECT_META);
    }

    /// @param owner the struct that errors name: that of the field, not of what stands in its place
    private void struct(Map<String, Object> tree, String struct, String owner) {
        for (var field : structs.fields(struct)) {
            if (field.name().equals(OWNERS)) {
                continue;
            }
            if (field.isInline()) {
                struct(tree, field.type(), owner);
            } else if (tree.containsKey(field.name())) {
                field(tree, field, owner);
            }
        }
    }

    private void field(Map<String, Object> tree, StructField field, String owner) {
        path.addLast(field.name());
        var value = tree.get(field.name());
        var read =
                value == null
                        ? null
                        : switch (field.shape()) {
                            case ONE -> one(value, field, owner);
                            case LIST -> list(value, field, owner);
                            case MAP -> map(value, field, owner);
                        };
        path.removeLast();
        if (read == null || (!field.keepsZero() && isZero(read))) {
            tree.remove(field.name());
        } else {
            tree.put(field.name(), read);
        }
    }

    private Object list(Object value, StructField field, String owner) {
        if (!(value instanceof List<?> items)) {
            throw mismatch(value, owner, GoTypes.of(field));
        }
        var list = Json.castList(items);
        list.replaceAll(item -> item == null ? zero(field) : one(item, field, owner));
        return list;
    }

    private Object map(Object value, StructField field, String owner) {
        if (!(value instanceof Map<?, ?> members)) {
            throw mismatch(value, owner, GoTypes.of(field));
        }
        var map = Json.cast(members);
        map.replaceAll((_, member) -> member == null ? zero(field) : one(member, field, owner));
        return map;
    }

    private Object one(Object value, StructField field, String owner) {
        return switch (field.type()) {
            case "string" -> expect(value instanceof String, value, field, owner);
            case "bool" -> expect(value instanceof Boolean, value, field, owner);
            case "double" -> expect(value instanceof Number, value, field, owner);
            case "int32", "int64" -> number(value, field, owner);
            case "bytes" ->
                    Base64Text.checked(
                            (String) expect(value instanceof String, value, field, owner));
            default -> message(value, field, owner);
        };
    }

    private Object message(Object value, StructField field, String owner) {
        return switch (field.type()) {
            case "io.k8s.apimachinery.pkg.api.resource.Quantity" -> amount(value);
            case "io.k8s.apimachinery.pkg.util.intstr.IntOrString" ->
                    expect(isIntOrString(value), value, field, owner);
            case META + "Time" -> Moments.seconds(text(value, field, owner));
            case META + "MicroTime" -> Moments.microseconds(text(value, field, owner));
            case META + "Duration" -> text(value, field, owner);
            case String open when OPEN.contains(open) -> value;
            case String either when either.startsWith(SCHEMA + "Or") -> schemaOrOther(value);
            case String wrapper when GoTypes.isList(wrapper) -> value;
            default -> {
                if (!(value instanceof Map<?, ?> map)) {
                    throw mismatch(value, owner, GoTypes.one(field.type()));
                }
                struct(Json.cast(map), field.type(), field.type());
                yield map;
            }
        };
    }

    private Object schemaOrOther(Object value) {
        if (value instanceof Map<?, ?> schema) {
            struct(Json.cast(schema), SCHEMA, SCHEMA);
        }
        return value;
    }

    private static boolean isIntOrString(Object value) {
        return value instanceof String
                || (value instanceof Long number && number == number.intValue());
    }

    private Object number(Object value, StructField field, String owner) {
        var whole = value instanceof Double number && Math.rint(number) == number;
        var number = whole ? (Object) ((Double) value).longValue() : value;
        if (number instanceof Long fits
                && (field.type().equals("int64") || fits == fits.intValue())) {
            return number;
        }
        throw value instanceof Number
                ? mismatch("number " + Json.text(value), owner, GoTypes.one(field.type()))
                : mismatch(value, owner, GoTypes.one(field.type()));
    }

    private static String amount(Object value) {
        var text = value instanceof String string ? string : Json.text(value);
        return Amounts.canonical(text.strip())
                .orElseThrow(() ->
                        new MalformedException(
                                "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
                                null));
    }

    private String text(Object value, StructField field, String owner) {
        return (String) expect(value instanceof String, value, field, owner);
    }

    private Object expect(boolean fits, Object value, StructField field, String owner) {
        if (!fits) {
            throw mismatch(value, owner, GoTypes.one(field.type()));
        }
        return value;
    }

    private MalformedException mismatch(Object value, String owner, String expected) {
        return mismatch(GoTypes.json(value), owner, expected);
    }

    private MalformedException mismatch(String actual, String owner, String expected) {
        return new MalformedException(
                "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
                        .formatted(actual, GoTypes.bare(owner), String.join(".", path), expected),
                null);
    }

    /// What null is among the items of a list and the values of a map.
    private static Object zero(StructField field) {
        return switch (field.type()) {
            case "string", "bytes" -> "";
            case "bool" -> false;
            case "int32", "int64" -> 0L;
            case "double" -> 0.0;
            case "io.k8s.apimachinery.pkg.api.resource.Quantity" -> "0";
            default -> new java.util.LinkedHashMap<String, Object>();
        };
    }

    private static boolean isZero(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isEmpty();
            case Boolean truth -> !truth;
            case Long number -> number == 0;
            case Double number -> number == 0;
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }
}
