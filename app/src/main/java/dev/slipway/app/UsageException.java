package dev.slipway.app;

/// Options that cannot be meant: the process ends with code 2 and this message.
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
