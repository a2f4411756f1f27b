package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether labels are what a `LabelSelector` (`matchLabels` and `matchExpressions`) asks for.
public final class LabelSelection {
    private LabelSelection() {}

    /// An empty selector matches everything; `labels` may be anything that stands in their place.
    public static boolean matches(Map<String, Object> selector, @Nullable Object labels) {
        Map<String, Object> present = labels instanceof Map<?, ?> map ? Json.cast(map) : Map.of();
        return Json.object(selector, "matchLabels").entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(present.get(wanted.getKey())))
                && CustomKinds.objects(selector, "matchExpressions").stream()
                        .allMatch(expression -> holds(expression, present));
    }

    private static boolean holds(Map<String, Object> expression, Map<String, Object> labels) {
        var value = labels.get(Json.string(expression, "key"));
        var values = Json.list(expression, "values");
        return switch (Json.string(expression, "operator")) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
