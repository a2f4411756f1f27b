package dev.slipway.graph.compile;

import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which labels and annotations of an instance its resources bear too.
///
/// @param labels keys, or beginnings of keys that end in `*`
/// @param annotations the same
public record Propagation(List<String> labels, List<String> annotations) {
    private static final List<String> NEVER =
            List.of("kro.run/", "internal.kro.run/", "applyset.kubernetes.io/", "slipway.dev/");
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    public Propagation {
        labels = List.copyOf(labels);
        annotations = List.copyOf(annotations);
    }

    /// Reads `spec.propagate` of a definition.
    static Propagation of(Definition definition) {
        var written = Json.object(definition.resource().spec(), "propagate");
        return new Propagation(texts(written, "labels"), texts(written, "annotations"));
    }

    private static List<String> texts(Map<String, Object> written, String field) {
        return Json.list(written, field).stream().map(String::valueOf).toList();
    }

    /// Those of an instance's labels or annotations that one of the patterns names; the engine's own are never among
    /// them.
    public static Map<String, Object> chosen(List<String> patterns, Map<String, ?> from) {
        Map<String, Object> chosen = new LinkedHashMap<>();
        from.forEach((key, value) -> {
            if (NEVER.stream().noneMatch(key::startsWith)
                    && !key.equals(LAST_APPLIED)
                    && patterns.stream().anyMatch(pattern -> matches(pattern, key))) {
                chosen.put(key, value);
            }
        });
        return chosen;
    }

    private static boolean matches(String pattern, String key) {
        return pattern.endsWith("*")
                ? key.startsWith(pattern.substring(0, pattern.length() - 1))
                : key.equals(pattern);
    }
}
