package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.Redaction;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps what a client has sent of a confidential kind out of the errors that it gets: they are logged and shown.
record Discretion(Redaction redaction, Object sent) {
    /// From how many letters on a value is looked for anywhere, and not only where it stands between quotes.
    private static final int TELLING = 4;

    /// What a patch brings along; paths and values of a JSON patch cannot be told apart, so all of its values count.
    static Object sent(Patch patch) {
        return switch (patch) {
            case Patch.Json(var operations) ->
                    operations.stream()
                            .map(operation ->
                                    operation instanceof Map<?, ?> map ? map.get("value") : null)
                            .filter(Objects::nonNull)
                            .toList();
            case Patch.Merge(var tree) -> tree;
            case Patch.Strategic(var tree) -> tree;
            case Patch.Apply apply -> apply.configuration().tree();
        };
    }

    /// Evaluates, and hides what was sent in a problem that comes of it.
    <T> T keep(Supplier<T> evaluation) {
        try {
            return evaluation.get();
        } catch (ProblemException e) {
            if (!redaction.hides()) {
                throw e;
            }
            throw hidden(e.problem()).exception().warning(e.warnings());
        }
    }

    private Problem hidden(Problem problem) {
        var values = values();
        return new Problem(
                problem.reason(),
                hidden(problem.message(), values),
                problem.subject(),
                problem.causes().stream().map(cause -> hidden(cause, values)).toList(),
                problem.retryAfterSeconds());
    }

    private static FieldCause hidden(FieldCause cause, Set<Object> values) {
        return new FieldCause(cause.reason(), cause.field(), hidden(cause.message(), values));
    }

    private static String hidden(String message, Set<Object> values) {
        var text = message;
        for (var value : values) {
            var quoted = Json.text(value);
            text = text.replace("value: " + quoted, "value: \"" + Redaction.HIDDEN + '"');
            if (value instanceof String raw && !raw.isEmpty()) {
                text = text.replace(quoted, '"' + Redaction.HIDDEN + '"');
                text = raw.length() < TELLING ? text : text.replace(raw, Redaction.HIDDEN);
            }
        }
        return text;
    }

    private Set<Object> values() {
        var values = new LinkedHashSet<Object>();
        if (sent instanceof Map<?, ?> map) {
            collect(map, redaction.redacted(Json.cast(map)), values);
        } else {
            collect(sent, Redaction.HIDDEN, values);
        }
        return values;
    }

    /// The values that are hidden in the redacted tree, and what lies in them.
    private static void collect(
            @Nullable Object value, @Nullable Object redacted, Set<Object> values) {
        switch (value) {
            case null -> {}
            case Map<?, ?> map -> {
                addHidden(value, redacted, values);
                map.forEach((key, member) -> collect(member, member(redacted, key), values));
            }
            case List<?> list -> {
                addHidden(value, redacted, values);
                for (int i = 0; i < list.size(); i++) {
                    collect(list.get(i), item(redacted, i), values);
                }
            }
            default -> addHidden(value, redacted, values);
        }
    }

    private static void addHidden(Object value, @Nullable Object redacted, Set<Object> values) {
        if (Redaction.HIDDEN.equals(redacted)) {
            values.add(value);
        }
    }

    private static @Nullable Object member(@Nullable Object redacted, Object key) {
        return redacted instanceof Map<?, ?> map ? map.get(key) : redacted;
    }

    private static @Nullable Object item(@Nullable Object redacted, int at) {
        return redacted instanceof List<?> list ? list.get(at) : redacted;
    }
}
