package dev.slipway.apiserver;

import dev.slipway.kernel.plan.Effect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A plan in one sentence: `3 created, 1 changed; 1 would break: Shop default/a; 1 refused`.
final class PlanSummary {
    /// How many of those that would break are named.
    private static final int MAX_NAMED = 3;

    private PlanSummary() {}

    /// @param states how objects would be, those that are told of
    /// @param refused how many of the proposals would not be accepted
    static String of(List<Effect> effects, List<Map<String, Object>> states, int refused) {
        var summary = new StringBuilder(counts(effects));
        if (summary.isEmpty() && refused == 0) {
            summary.append("nothing would change");
        }
        var broken = states.stream().filter(one -> Boolean.TRUE.equals(one.get("breaks"))).toList();
        if (!broken.isEmpty()) {
            append(summary, "%d would break: %s".formatted(broken.size(), names(broken)));
        }
        if (refused > 0) {
            append(summary, refused + " refused");
        }
        return summary.toString();
    }

    private static void append(StringBuilder summary, String part) {
        summary.append(summary.isEmpty() ? "" : "; ").append(part);
    }

    private static String counts(List<Effect> effects) {
        var counts = new TreeMap<Effect.Kind, Integer>();
        effects.forEach(effect -> counts.merge(effect.kind(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + word(count.getKey()))
                .collect(Collectors.joining(", "));
    }

    /// `created`.
    static String word(Effect.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String names(List<Map<String, Object>> broken) {
        var named =
                broken.stream()
                        .limit(MAX_NAMED)
                        .map(PlanSummary::name)
                        .collect(Collectors.joining(", "));
        return broken.size() > MAX_NAMED ? named + ", …" : named;
    }

    private static String name(Map<String, Object> state) {
        var namespace = String.valueOf(state.get("namespace"));
        return "%s %s%s"
                .formatted(
                        state.get("kind"),
                        namespace.isEmpty() ? "" : namespace + "/",
                        state.get("name"));
    }
}
