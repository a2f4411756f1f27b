package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The filling in of what a schema declares for absent fields.
///
/// A parent that is absent is not invented, unless it has a default of its own. A null where null is no value counts
/// as absent: it gets the default, or goes. Nulls in undeclared fields, and in lists, stay.
public final class Defaulting {
    private static final Set<String> IDENTITY = Set.of("apiVersion", "kind", "metadata");

    private final boolean dropsNulls;

    private Defaulting(boolean dropsNulls) {
        this.dropsNulls = dropsNulls;
    }

    /// Fills in, in place, the defaults of a whole object; its `apiVersion`, `kind` and `metadata` have none, and of
    /// `metadata` only the nulls go.
    public static void apply(Map<String, Object> object, Schema schema) {
        new Defaulting(true).whole(object, schema);
    }

    /// The same, but nulls without a default stay where they are.
    public static void fill(Map<String, Object> object, Schema schema) {
        new Defaulting(false).whole(object, schema);
    }

    private void whole(Map<String, Object> object, Schema schema) {
        if (object.get("metadata") instanceof Map<?, ?> metadata) {
            fields(Json.cast(metadata), ObjectMetaSchema.SCHEMA, Set.of());
        }
        fields(object, schema, IDENTITY);
    }

    private void fields(Map<String, Object> object, Schema schema, Set<String> except) {
        schema.properties()
                .forEach((name, property) -> {
                    if (!except.contains(name)) {
                        field(object, name, property);
                    }
                });
        schema.additionalProperties()
                .ifPresent(values ->
                        List.copyOf(object.keySet()).stream()
                                .filter(name -> schema.property(name) == null)
                                .forEach(name -> field(object, name, values, false)));
        ConditionalDefaults.apply(object, schema);
    }

    private void field(Map<String, Object> object, String name, Schema schema) {
        field(object, name, schema, true);
    }

    /// One field; `declared` ones are made where they are absent, the keys of a map are not.
    private void field(Map<String, Object> object, String name, Schema schema, boolean declared) {
        var present = object.containsKey(name);
        var value = object.get(name);
        if (value != null) {
            value(value, schema);
        } else if ((present || declared) && schema.defaultValue().isPresent()) {
            if (!present || !schema.nullable()) {
                fill(object, name, schema);
            }
        } else if (present && dropsNulls && !schema.nullable()) {
            object.remove(name);
        }
    }

    private void fill(Map<String, Object> object, String name, Schema schema) {
        var value = Json.copy(schema.defaultValue().orElseThrow());
        Json.put(object, name, value);
        value(value, schema);
    }

    private void value(@Nullable Object value, Schema schema) {
        switch (value) {
            case Map<?, ?> map ->
                    fields(Json.cast(map), schema, schema.embedded() ? IDENTITY : Set.of());
            case List<?> list -> schema.items().ifPresent(items -> items(list, items));
            case null, default -> {}
        }
    }

    private void items(List<?> list, Schema schema) {
        var items = Json.castList(list);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) == null && schema.defaultValue().isPresent() && !schema.nullable()) {
                items.set(i, Json.copy(schema.defaultValue().orElseThrow()));
            }
            value(items.get(i), schema);
        }
    }
}
