package dev.slipway.expression;

import dev.cel.common.CelErrorCode;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.Map;

/// The work that one evaluation may still do; belongs to one evaluation on one thread.
///
/// Each step costs 1, and 1 more for each [#CHARACTERS_PER_COST] characters or members of its result, so that neither
/// loops nor texts that double at each step can exhaust the process.
final class Budget implements CelEvaluationListener {
    /// Steps of one evaluation.
    static final long MAXIMAL_COST = 2_000_000;

    /// Rounds of all loops of one evaluation together.
    static final int MAXIMAL_ITERATIONS = 200_000;

    private static final int CHARACTERS_PER_COST = 64;

    private long left = MAXIMAL_COST;

    @Override
    public void callback(CelExpr expression, Object result) {
        left -= 1 + size(result) / CHARACTERS_PER_COST;
        if (left < 0) {
            throw new Exhausted();
        }
    }

    private static int size(Object result) {
        return switch (result) {
            case String text -> text.length();
            case Data _ -> 0;
            case Collection<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            default -> 0;
        };
    }

    /// Thrown into the evaluation when nothing is left.
    static final class Exhausted extends CelRuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super(
                    new IllegalStateException(
                            "the expression costs more than the limit of " + MAXIMAL_COST),
                    CelErrorCode.ITERATION_BUDGET_EXCEEDED);
        }
    }
}
