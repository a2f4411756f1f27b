package dev.slipway.graph.instance;

import dev.slipway.expression.Expression;
import dev.slipway.expression.Value;
import dev.slipway.expression.program.Budget;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What all expressions of one pass over an instance may still cost together, so that many that are dear cannot hold a
/// processor for long; each alone is bounded by [Budget#ONE_RUN].
///
/// One thread only.
final class Allowance {
    /// What a pass may spend: a few seconds, and ten times what graphs with thousands of resources need. Kubernetes too
    /// allows an object ten times what it allows one of its expressions.
    static final long ONE_PASS = 10 * Budget.ONE_RUN;

    private final long limit;
    private long spent;

    Allowance() {
        this(ONE_PASS);
    }

    Allowance(long limit) {
        this.limit = limit;
    }

    /// The value of an expression; failed where nothing is left.
    Value evaluate(Expression expression, Map<String, ? extends @Nullable Object> data) {
        if (spent >= limit) {
            return new Value.Failed(
                    "the expressions of this graph cost more than the limit of %d for one pass over an instance; what comes from here on is not evaluated"
                            .formatted(limit));
        }
        var budget = new Budget();
        var value = expression.evaluate(data, budget);
        spent += budget.spent();
        return value;
    }
}
