package dev.slipway.expression.library;

import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.exceptions.CelNumericOverflowException;
import dev.cel.common.exceptions.CelOverloadNotFoundException;
import dev.cel.common.exceptions.CelRuntimeException;

/// The errors that functions throw; none of them means that data are not there yet.
final class Failures {
    private Failures() {}

    static CelRuntimeException invalid(String message) {
        return new CelInvalidArgumentException(message);
    }

    static CelRuntimeException outOfRange(long index, int size) {
        return new CelInvalidArgumentException(
                "index " + index + " out of bounds [0, " + size + ")");
    }

    static CelRuntimeException overflow(String what) {
        return new CelNumericOverflowException(what);
    }

    static CelRuntimeException noOverload(String function) {
        return new CelOverloadNotFoundException(function);
    }
}
