package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value without some of its fields.
final class Removal {
    private Removal() {}

    /// The value without these fields and all that is in them; a container that loses its last one becomes null.
    static @Nullable Object of(Shape shape, @Nullable Object value, FieldSet fields) {
        if (value == null || fields.isEmpty()) {
            return value;
        }
        return switch (shape.form(value)) {
            case MAP -> fields(shape, Json.cast((Map<?, ?>) value), fields);
            case LIST -> items(shape, (List<?>) value, fields);
            case LEAF -> value;
        };
    }

    private static @Nullable Object fields(Shape shape, Map<String, Object> map, FieldSet removed) {
        Map<String, Object> kept = LinkedHashMap.newLinkedHashMap(map.size());
        var same = true;
        for (var field : map.entrySet()) {
            var element = new PathElement.Field(field.getKey());
            if (removed.contains(element)) {
                same = false;
            } else {
                var shapeBelow = shape.childOrDeduced(field.getKey());
                var rest = of(shapeBelow, field.getValue(), removed.below(element));
                same &= Trees.same(rest, field.getValue());
                Json.put(kept, field.getKey(), rest);
            }
        }
        return same ? map : kept.isEmpty() ? null : kept;
    }

    private static @Nullable Object items(Shape shape, List<?> items, FieldSet removed) {
        var kept = new ArrayList<@Nullable Object>(items.size());
        var same = true;
        var elements = shape.elements(items).iterator();
        for (var item : items) {
            var element = elements.next();
            if (removed.contains(element)) {
                same = false;
            } else {
                var rest = of(shape.item(), item, removed.below(element));
                same &= Trees.same(rest, item);
                kept.add(rest);
            }
        }
        return same ? items : kept.isEmpty() ? null : kept;
    }
}
