package dev.slipway.expression;

import java.util.Optional;

/// The rules by which a value of one type may stand where another is expected.
public final class Assignability {
    private Assignability() {}

    /// Empty when `actual` fits `expected`, else why not, naming the first member that does not fit.
    public static Optional<String> check(Type actual, Type expected) {
        return new AssignabilityCheck().check(actual, expected, "");
    }
}
