package dev.slipway.portal.reading;

import dev.slipway.kernel.model.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lenient reading of JSON trees that somebody else wrote: what has another shape is not there.
public final class Trees {
    private Trees() {}

    /// The objects of a list.
    public static List<Map<String, Object>> objects(List<?> list) {
        return list.stream()
                .filter(Map.class::isInstance)
                .map(object -> Json.cast((Map<?, ?>) object))
                .toList();
    }

    /// The texts of a list.
    public static List<String> texts(List<?> list) {
        return list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
    }

    /// A moment as Kubernetes writes it.
    public static Optional<Instant> moment(@Nullable Object value) {
        if (value instanceof String text && text.length() >= 20 && text.charAt(4) == '-') {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// A scalar as a person reads it; whole numbers without a fraction, nothing for null.
    public static String scalar(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case Map<?, ?> map -> Json.text(map);
            case List<?> list -> Json.text(list);
            default -> String.valueOf(value);
        };
    }
}
