package dev.slipway.control.policy;

import dev.slipway.expression.Expression;
import dev.slipway.expression.Value;
import dev.slipway.kernel.model.Problem.Reason;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thing that a policy demands.
///
/// @param text the message where there is one, else what the expression says
/// @param failure computes the message
record Validation(Expression expression, String text, Optional<Expression> failure, Reason reason) {
    /// The longest message that is passed on, in characters.
    static final int MAX_MESSAGE = 5120;

    /// What a demand that is not met is told with.
    record Denial(String message, Reason reason) {}

    /// Why a write does not meet it; empty where it does.
    ///
    /// @throws UndecidedException when the expression gives no answer
    Optional<Denial> check(Map<String, @Nullable Object> data) throws UndecidedException {
        return UndecidedException.holds(expression, data)
                ? Optional.empty()
                : Optional.of(new Denial(message(data), reason));
    }

    private String message(Map<String, @Nullable Object> data) {
        return failure.map(expression -> expression.evaluate(data))
                .map(value -> value instanceof Value.Known(String said) ? said.strip() : "")
                .filter(said ->
                        !said.isEmpty() && said.length() <= MAX_MESSAGE && !said.contains("\n"))
                .orElse(text);
    }
}
