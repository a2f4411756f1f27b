package dev.slipway.kernel.store;

/// Why a store cannot be opened: one sentence that names the file, for the person who started the process.
public final class CannotOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotOpenException(String message) {
        super(message);
    }

    CannotOpenException(String message, Throwable cause) {
        super(message, cause);
    }
}
