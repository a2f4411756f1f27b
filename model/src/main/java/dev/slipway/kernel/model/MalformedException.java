package dev.slipway.kernel.model;

import org.jspecify.annotations.Nullable;

/// A document that is not what its format asks for; the message says where.
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
