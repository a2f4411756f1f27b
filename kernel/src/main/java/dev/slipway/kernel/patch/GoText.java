package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Trees as Kubernetes prints them in error messages: `map[name:web ports:[80 81]]`.
public final class GoText {
    private GoText() {}

    public static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case Map<?, ?> map ->
                    new TreeMap<>(Json.cast(map))
                            .entrySet().stream()
                                    .map(entry -> entry.getKey() + ":" + of(entry.getValue()))
                                    .collect(Collectors.joining(" ", "map[", "]"));
            case List<?> list ->
                    list.stream().map(GoText::of).collect(Collectors.joining(" ", "[", "]"));
            default -> value.toString();
        };
    }

    /// As a reference to a value: `&{[x]}`.
    static String reference(@Nullable Object value) {
        return "&{" + of(value) + "}";
    }

    /// The name of a value's type.
    static String type(@Nullable Object value) {
        return switch (value) {
            case String _ -> "string";
            case Boolean _ -> "bool";
            case Long _ -> "int64";
            case Double _ -> "float64";
            case Map<?, ?> _ -> "map[string]interface {}";
            case List<?> _ -> "[]interface {}";
            case null, default -> "nil";
        };
    }
}
