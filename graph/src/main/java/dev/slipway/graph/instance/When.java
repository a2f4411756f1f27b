package dev.slipway.graph.instance;

import dev.slipway.expression.Value;
import dev.slipway.graph.compile.Part;
import java.util.List;
import java.util.Map;

/// What came of conditions that must all hold.
sealed interface When {
    /// All of them do.
    record Holds() implements When {}

    /// One does not.
    record Fails(Part.Computed condition) implements When {}

    /// The data for one are not there yet.
    record Awaits(Part.Computed condition, String reason) implements When {}

    /// One cannot be evaluated, and waiting will not help.
    record Breaks(Part.Computed condition, String message) implements When {}

    /// Evaluates in order, up to the first that does not hold.
    static When of(List<Part.Computed> conditions, Map<String, ?> data, Allowance allowance) {
        return conditions.stream()
                .map(condition -> of(condition, data, allowance))
                .filter(when -> !(when instanceof Holds))
                .findFirst()
                .orElseGet(Holds::new);
    }

    private static When of(Part.Computed condition, Map<String, ?> data, Allowance allowance) {
        return switch (allowance.evaluate(condition.expression(), data)) {
            case Value.Known(Boolean holds) when holds -> new Holds();
            case Value.Known(Boolean _) -> new Fails(condition);
            case Value.Known(var other) when other == null -> new Fails(condition);
            case Value.Known(var other) ->
                    new Breaks(condition, "expected true or false, got " + other);
            case Value.Missing(var path, var reason) ->
                    Renderer.isOfInstance(path)
                            ? new Breaks(condition, reason)
                            : new Awaits(condition, reason);
            case Value.Failed(var message) -> new Breaks(condition, message);
        };
    }
}
