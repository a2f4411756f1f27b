package dev.slipway.expression;

import java.util.List;

/// What came of checking a source: an [Expression] that can be evaluated, or all that is wrong with it.
public sealed interface Checked permits Expression, Checked.Rejected {
    /// The source cannot be evaluated; the errors are in the order of the source.
    record Rejected(List<ExpressionError> errors) implements Checked {
        public Rejected {
            errors = List.copyOf(errors);
        }
    }
}
