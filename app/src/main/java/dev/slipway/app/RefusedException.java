package dev.slipway.app;

/// What a verb will not do as things are: the process ends with code 1 and this message.
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
