package dev.slipway.expression;

import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.slipway.expression.program.Budget;
import dev.slipway.expression.program.Fault;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an expression gives, worked out when another one first reads it, and once; stands among the data of the other.
///
/// One thread only. Its value may be of any type, also of those that cannot be written into a document.
public final class Deferred {
    private final Expression expression;
    private final Map<String, ? extends @Nullable Object> data;
    private @Nullable Object value;
    private @Nullable CelInvalidArgumentException failure;

    Deferred(Expression expression, Map<String, ? extends @Nullable Object> data) {
        this.expression = expression;
        this.data = data;
    }

    /// As expressions see it; fails each time in the same way.
    Object value() {
        if (value == null && failure == null) {
            evaluate();
        }
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(value);
    }

    private void evaluate() {
        switch (expression.raw(data, new Budget(), null)) {
            case Fault fault ->
                    failure =
                            new CelInvalidArgumentException(
                                    "\"%s\" cannot be evaluated: %s"
                                            .formatted(expression.source(), fault.message()));
            case Object known -> value = known;
        }
    }
}
