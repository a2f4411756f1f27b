package dev.slipway.cli;

import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// JSON over several lines, as people read it.
final class PrettyJson {
    private PrettyJson() {}

    static String text(@Nullable Object tree) {
        return text(tree, "\n");
    }

    private static String text(@Nullable Object tree, String newLine) {
        var inner = newLine + "    ";
        return switch (tree) {
            case Map<?, ?> map when !map.isEmpty() ->
                    map.entrySet().stream()
                            .map(entry ->
                                    Json.text(entry.getKey())
                                            + ": "
                                            + text(entry.getValue(), inner))
                            .collect(Collectors.joining("," + inner, "{" + inner, newLine + "}"));
            case List<?> list when !list.isEmpty() ->
                    list.stream()
                            .map(item -> text(item, inner))
                            .collect(Collectors.joining("," + inner, "[" + inner, newLine + "]"));
            case null, default -> Json.text(tree);
        };
    }
}
