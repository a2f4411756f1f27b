package dev.slipway.dist;

/// Nothing was packed; the message says why and what to do.
final class CannotPackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotPackException(String message) {
        super(message);
    }

    CannotPackException(String message, Throwable cause) {
        super(message, cause);
    }
}
