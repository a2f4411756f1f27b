package dev.slipway.expression.library;

import dev.cel.common.values.NullValue;
import java.util.List;

/// `omit()`: fits where any type is wanted, and stands for nothing at all.
final class OmissionFunctions {
    static final String OMIT = "omit";

    static final List<Function> ALL =
            List.of(Function.constant(OMIT, Parameter.T, NullValue.NULL_VALUE));

    private OmissionFunctions() {}
}
