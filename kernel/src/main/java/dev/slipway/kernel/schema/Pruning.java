package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The removal of fields that a schema does not know.
public final class Pruning {
    private static final Set<String> ROOT = Set.of("apiVersion", "kind");

    private final List<String> unknown = new ArrayList<>();

    private Pruning() {}

    /// Removes, in place, what the schema of the whole object does not know, and returns the removed paths, sorted.
    ///
    /// `apiVersion` and `kind` stay, `metadata` is held against [ObjectMetaSchema#of].
    public static List<String> prune(Map<String, Object> object, Schema schema) {
        var pruning = new Pruning();
        pruning.resource(object, schema, "");
        pruning.unknown.sort(Comparator.naturalOrder());
        return List.copyOf(pruning.unknown);
    }

    /// What the schema of a value that is no whole object does not know of it; the value stays as it is.
    public static List<String> unknown(Object value, Schema schema) {
        var pruning = new Pruning();
        pruning.value(Json.copy(value), schema, "");
        return pruning.unknown.stream()
                .map(path -> path.startsWith(".") ? path.substring(1) : path)
                .sorted()
                .toList();
    }

    private void resource(Map<String, Object> object, Schema schema, String path) {
        removeUndeclared(object, schema, path, true);
        object.forEach((key, value) -> {
            if (key.equals("metadata")) {
                value(value, ObjectMetaSchema.of(schema), path + "metadata");
            } else if (!ROOT.contains(key)) {
                field(key, value, schema, path);
            }
        });
    }

    private void value(@Nullable Object value, Schema schema, String path) {
        switch (value) {
            case Map<?, ?> map when schema.embedded() ->
                    resource(Json.cast(map), schema, path + ".");
            case Map<?, ?> map -> {
                removeUndeclared(Json.cast(map), schema, path + ".", false);
                Json.cast(map).forEach((key, child) -> field(key, child, schema, path + "."));
            }
            case List<?> list -> items(list, schema, path);
            case null, default -> {}
        }
    }

    private void items(List<?> list, Schema schema, String path) {
        var items = schema.items();
        for (int i = 0; items.isPresent() && i < list.size(); i++) {
            value(list.get(i), items.get(), path + "[" + i + "]");
        }
    }

    private void field(String key, @Nullable Object value, Schema schema, String prefix) {
        var declared = schema.property(key);
        if (declared != null) {
            value(value, declared, prefix + key);
        } else if (schema.isMap()) {
            value(value, schema.additionalProperties().orElseThrow(), prefix + key);
        }
    }

    private void removeUndeclared(
            Map<String, Object> object, Schema schema, String prefix, boolean root) {
        if (schema.preserveUnknown() || schema.isMap()) {
            return;
        }
        object.keySet()
                .removeIf(key -> {
                    var known =
                            schema.properties().containsKey(key)
                                    || (root && (ROOT.contains(key) || key.equals("metadata")));
                    if (!known) {
                        unknown.add(prefix + key);
                    }
                    return !known;
                });
    }
}
