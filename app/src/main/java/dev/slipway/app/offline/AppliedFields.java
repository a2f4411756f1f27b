package dev.slipway.app.offline;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a manager has applied of an object, without defaults and what others wrote.
final class AppliedFields {
    private static final String FIELD = "f:";
    private static final String KEY = "k:";
    private static final String SELF = ".";

    private AppliedFields() {}

    /// The object with the fields that managers of this name have applied; empty where there are none.
    static Optional<Map<String, Object>> of(Resource object, String manager) {
        return Json.list(object.metadata(), "managedFields").stream()
                .map(entry -> Json.cast((Map<?, ?>) entry))
                .filter(entry -> Json.string(entry, "operation").equals("Apply"))
                .filter(entry -> Json.string(entry, "manager").startsWith(manager))
                .map(entry -> map(object.tree(), Json.object(entry, "fieldsV1")))
                .findFirst();
    }

    private static Map<String, Object> map(Map<String, Object> tree, Map<String, Object> fields) {
        Map<String, Object> kept = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            if (fields.get(FIELD + key) instanceof Map<?, ?> below) {
                Json.put(kept, key, value(value, Json.cast(below)));
            }
        });
        return kept;
    }

    private static @Nullable Object value(@Nullable Object value, Map<String, Object> fields) {
        if (fields.keySet().stream().allMatch(SELF::equals)) {
            return value;
        }
        return switch (value) {
            case Map<?, ?> map -> map(Json.cast(map), fields);
            case List<?> list -> items(list, fields);
            case null, default -> value;
        };
    }

    private static List<Object> items(List<?> list, Map<String, Object> fields) {
        var kept = new ArrayList<Object>();
        for (var item : list) {
            if (item instanceof Map<?, ?> map) {
                item(Json.cast(map), fields).ifPresent(kept::add);
            } else if (item != null) {
                kept.add(item);
            }
        }
        return kept;
    }

    private static Optional<Map<String, Object>> item(
            Map<String, Object> item, Map<String, Object> fields) {
        return fields.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(KEY))
                .filter(entry -> matches(item, entry.getKey().substring(KEY.length())))
                .map(entry -> map(item, Json.cast((Map<?, ?>) entry.getValue())))
                .findFirst();
    }

    private static boolean matches(Map<String, Object> item, String keys) {
        return Json.readObject(keys.getBytes(StandardCharsets.UTF_8)).entrySet().stream()
                .allMatch(key -> key.getValue().equals(item.get(key.getKey())));
    }
}
