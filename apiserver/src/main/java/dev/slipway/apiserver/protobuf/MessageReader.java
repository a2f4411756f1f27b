package dev.slipway.apiserver.protobuf;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.StructField;
import dev.slipway.kernel.schema.Structs;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a JSON tree of a message, by what is known of its fields. Fields that are not known are passed over.
final class MessageReader {
    /// How deep messages may lie in each other.
    static final int MAX_DEPTH = 100;

    private final Structs structs = Structs.load();
    private int depth;

    /// Adds a message's fields to a tree.
    void read(String message, Cursor cursor, Map<String, Object> tree) {
        if (++depth > MAX_DEPTH) {
            throw cursor.malformed("messages lie more than %d deep".formatted(MAX_DEPTH));
        }
        var fields = structs.fields(message);
        while (!cursor.isAtEnd()) {
            var tag = cursor.tag();
            var field = fields.stream().filter(one -> one.number() == tag >>> 3).findFirst();
            if (field.isPresent()) {
                read(field.get(), tag & 7, cursor, tree);
            } else {
                cursor.skip(tag & 7);
            }
        }
        depth--;
    }

    private void read(StructField field, int wireType, Cursor cursor, Map<String, Object> tree) {
        switch (field.shape()) {
            case ONE -> one(field, wireType, cursor, tree);
            case LIST -> list(field, wireType, cursor, tree);
            case MAP -> entry(field, cursor, tree);
        }
    }

    private void one(StructField field, int wireType, Cursor cursor, Map<String, Object> tree) {
        if (field.isInline() && wireType == Cursor.LENGTH) {
            read(field.type(), cursor.part(), tree);
            return;
        }
        value(field, wireType, cursor)
                .filter(value -> field.keepsZero() || !isZero(value))
                .ifPresent(value -> tree.put(field.name(), value));
    }

    /// Numbers may be packed: many behind one length.
    private void list(StructField field, int wireType, Cursor cursor, Map<String, Object> tree) {
        var items = items(tree, field.name());
        if (wireType == Cursor.LENGTH && isNumber(field.type())) {
            var packed = cursor.part();
            while (!packed.isAtEnd()) {
                items.add(number(field.type(), packed));
            }
            return;
        }
        var value = value(field, wireType, cursor);
        if (value.isPresent() || WellKnown.isJson(field.type())) {
            items.add(value.orElse(null));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<@Nullable Object> items(Map<String, Object> tree, String name) {
        return (List<@Nullable Object>)
                tree.computeIfAbsent(name, _ -> new ArrayList<@Nullable Object>());
    }

    private void entry(StructField field, Cursor cursor, Map<String, Object> tree) {
        var entry = cursor.part();
        var key = "";
        Optional<Object> value = Optional.empty();
        while (!entry.isAtEnd()) {
            var tag = entry.tag();
            switch (tag >>> 3) {
                case 1 -> key = entry.part().text();
                case 2 -> value = value(field, tag & 7, entry);
                default -> entry.skip(tag & 7);
            }
        }
        Json.child(tree, field.name()).put(key, value.orElseGet(() -> zero(field.type())));
    }

    /// A value; empty where the message stands for none.
    private Optional<Object> value(StructField field, int wireType, Cursor cursor) {
        if (wireType != wireType(field.type())) {
            throw cursor.malformed("%s has wire type %d".formatted(field.name(), wireType));
        }
        if (isNumber(field.type())) {
            return Optional.of(number(field.type(), cursor));
        }
        var part = cursor.part();
        return switch (field.type()) {
            case "string" -> Optional.of(part.text());
            case "bytes" -> Optional.of(Base64.getEncoder().encodeToString(part.rest()));
            default -> Optional.ofNullable(message(field.type(), part));
        };
    }

    private @Nullable Object message(String type, Cursor part) {
        if (WellKnown.knows(type)) {
            return WellKnown.value(type, part);
        }
        if (isEither(structs.fields(type))) {
            return either(type, part);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        read(type, part, tree);
        return isWrapper(structs.fields(type))
                ? tree.getOrDefault("items", new ArrayList<>())
                : tree;
    }

    /// A list that is a type of its own has a message around it, which JSON does not.
    static boolean isWrapper(List<StructField> fields) {
        return fields.size() == 1
                && fields.getFirst().name().equals("items")
                && fields.getFirst().shape() == StructField.Shape.LIST;
    }

    /// A message of two fields, one of which is what stands in JSON: a schema or a list, a schema or whether there is one.
    static boolean isEither(List<StructField> fields) {
        return fields.size() == 2
                && fields.stream().allMatch(field -> field.name().equals("items"));
    }

    /// The second field's value where there is one, else the first's.
    private @Nullable Object either(String type, Cursor part) {
        Map<String, Object> first = new LinkedHashMap<>();
        Map<String, Object> second = new LinkedHashMap<>();
        while (!part.isAtEnd()) {
            var tag = part.tag();
            var field =
                    structs.fields(type).stream()
                            .filter(one -> one.number() == tag >>> 3)
                            .findFirst();
            if (field.isPresent()) {
                read(field.get(), tag & 7, part, field.get().number() == 1 ? first : second);
            } else {
                part.skip(tag & 7);
            }
        }
        return second.getOrDefault("items", first.get("items"));
    }

    private static boolean isNumber(String type) {
        return wireType(type) != Cursor.LENGTH;
    }

    private static int wireType(String type) {
        return switch (type) {
            case "int32", "int64", "bool" -> Cursor.VARINT;
            case "double" -> Cursor.EIGHT_BYTES;
            default -> Cursor.LENGTH;
        };
    }

    private static Object number(String type, Cursor cursor) {
        return switch (type) {
            case "bool" -> cursor.varint() != 0;
            case "double" -> cursor.eightBytes();
            default -> cursor.varint();
        };
    }

    private static Object zero(String type) {
        return switch (type) {
            case "int32", "int64" -> 0L;
            case "bool" -> false;
            case "double" -> 0.0;
            case "string", "bytes" -> "";
            default -> new LinkedHashMap<String, Object>();
        };
    }

    private static boolean isZero(Object value) {
        return switch (value) {
            case String text -> text.isEmpty();
            case Long number -> number == 0;
            case Double number -> number == 0;
            case Boolean truth -> !truth;
            case Map<?, ?> map -> map.isEmpty();
            case List<?> list -> list.isEmpty();
            default -> false;
        };
    }
}
