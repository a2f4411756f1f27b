package dev.slipway.control.policy;

import dev.slipway.expression.Expression;
import dev.slipway.expression.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A policy cannot say what it thinks of a write.
final class UndecidedException extends Exception {
    private static final long serialVersionUID = 1;

    UndecidedException(String message) {
        super(message);
    }

    String why() {
        return String.valueOf(getMessage());
    }

    /// What an expression that must be true or false says.
    static boolean holds(Expression expression, Map<String, @Nullable Object> data)
            throws UndecidedException {
        return switch (expression.evaluate(data)) {
            case Value.Known(Boolean holds) -> holds;
            case Value.Known _ -> throw undecided(expression, "it gives neither true nor false");
            case Value.Missing(var path, _) ->
                    throw undecided(
                            expression,
                            "no such key: " + path.substring(path.lastIndexOf('.') + 1));
            case Value.Failed(var why) -> throw undecided(expression, why);
        };
    }

    private static UndecidedException undecided(Expression expression, String why) {
        return new UndecidedException(
                "expression '%s' resulted in error: %s".formatted(expression.source(), why));
    }
}
