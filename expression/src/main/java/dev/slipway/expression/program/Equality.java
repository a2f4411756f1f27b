package dev.slipway.expression.program;

import dev.slipway.expression.library.Values;

/// `==` and `!=`, of values of any types.
final class Equality extends Step {
    private static final String EQUALS = "_==_";

    private final String function;
    private final Step left;
    private final Step right;

    Equality(long id, String function, Step left, Step right) {
        super(id);
        this.function = function;
        this.left = left;
        this.right = right;
    }

    @Override
    Object run(Frame frame) {
        Object one = left.value(frame);
        if (one instanceof Fault) {
            return one;
        }
        Object other = right.value(frame);
        if (other instanceof Fault) {
            return other;
        }
        frame.budget()
                .spend(
                        Budget.size(one) == Budget.size(other)
                                ? Math.min(Budget.whole(one), Budget.whole(other))
                                : 0);
        return Values.same(one, other) == function.equals(EQUALS);
    }

    @Override
    void count(Costs costs, Object value) {
        costs.call(function, function.equals(EQUALS) ? "equals" : "not_equals", value, left, right);
    }
}
