package dev.slipway.expression.program;

import dev.cel.common.CelErrorCode;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.runtime.CelEvaluationException;

/// What a step gives when it cannot give a value; it travels like one, so that `||` and `&&` can look past it.
public record Fault(CelErrorCode code, String message) {
    /// What a function or the data say.
    public static Fault of(CelRuntimeException e) {
        Throwable cause = e.getCause();
        String message = cause == null ? e.getMessage() : cause.getMessage();
        return new Fault(e.getErrorCode(), String.valueOf(message));
    }

    static Fault of(CelEvaluationException e) {
        return new Fault(e.getErrorCode(), String.valueOf(e.getMessage()));
    }

    static Fault noOverload(String function) {
        return new Fault(CelErrorCode.OVERLOAD_NOT_FOUND, "no such overload: " + function);
    }

    static Fault invalid(String message) {
        return new Fault(CelErrorCode.INVALID_ARGUMENT, message);
    }
}
