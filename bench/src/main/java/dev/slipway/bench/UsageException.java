package dev.slipway.bench;

/// A command line that cannot be understood; the message says which word.
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
