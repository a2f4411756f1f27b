package dev.slipway.kernel.store;

/// Says that a log no longer holds what was read from it before: whoever folded it has to begin anew.
final class RewoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RewoundException(String message) {
        super(message);
    }
}
