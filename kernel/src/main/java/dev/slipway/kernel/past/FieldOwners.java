package dev.slipway.kernel.past;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads from an object's managed fields who owns the value at a path.
final class FieldOwners {
    private FieldOwners() {}

    /// What an entry says of a path.
    private enum Claim {
        /// It lists the value.
        EXACT,
        /// It lists something around the value and nothing in there: the value too, where that is owned as a whole.
        AROUND,
        NONE
    }

    /// The managers' names, the one that wrote last first.
    ///
    /// @param path without items that are told by a field
    static List<String> of(Resource object, TreePath path) {
        var exact = of(object, path, Claim.EXACT);
        return exact.isEmpty() ? of(object, path, Claim.AROUND) : exact;
    }

    private static List<String> of(Resource object, TreePath path, Claim claim) {
        return Json.list(object.metadata(), "managedFields").stream()
                .filter(Map.class::isInstance)
                .map(entry -> Json.cast((Map<?, ?>) entry))
                .filter(entry -> claim == claim(Json.object(entry, "fieldsV1"), object, path))
                .sorted(
                        Comparator.comparing((Map<String, Object> one) -> Json.string(one, "time"))
                                .reversed())
                .map(entry -> Json.string(entry, "manager"))
                .distinct()
                .toList();
    }

    private static Claim claim(Map<String, Object> fields, Resource object, TreePath path) {
        var here = fields;
        Object value = object.tree();
        for (var step : path.steps()) {
            var below = below(here, step, value);
            if (below.isEmpty()) {
                return here.isEmpty() ? Claim.AROUND : Claim.NONE;
            }
            here = below.get();
            value = TreePath.into(value, step).orElse(Map.of());
        }
        return path.isRoot() ? Claim.NONE : Claim.EXACT;
    }

    private static Optional<Map<String, Object>> below(
            Map<String, Object> fields, TreePath.Step step, Object value) {
        return switch (step) {
            case TreePath.Step.Field(var name) -> child(fields, "f:" + name);
            case TreePath.Step.Index(var position) when value instanceof List<?> list -> {
                var item = position < list.size() ? list.get(position) : null;
                yield fields.keySet().stream()
                        .filter(key -> isOf(key, item))
                        .findFirst()
                        .flatMap(key -> child(fields, key))
                        .or(() -> child(fields, "i:" + position));
            }
            case TreePath.Step.Index _, TreePath.Step.Item _ -> Optional.empty();
        };
    }

    private static boolean isOf(String key, @org.jspecify.annotations.Nullable Object item) {
        try {
            if (key.startsWith("v:")) {
                return Objects.equals(
                        Json.readObject("{\"v\":" + key.substring(2) + "}").get("v"), item);
            }
            return key.startsWith("k:")
                    && item instanceof Map<?, ?> map
                    && Json.readObject(key.substring(2)).entrySet().stream()
                            .allMatch(one -> Objects.equals(map.get(one.getKey()), one.getValue()));
        } catch (MalformedException e) {
            return false;
        }
    }

    private static Optional<Map<String, Object>> child(Map<String, Object> fields, String key) {
        return Stream.ofNullable(fields.get(key))
                .filter(Map.class::isInstance)
                .map(one -> Json.cast((Map<?, ?>) one))
                .findFirst();
    }
}
