package dev.slipway.kernel.store;

/// Says that a log does not hold what was folded from it, or no longer: whoever folded it has to begin anew.
final class RewoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RewoundException(String message) {
        super(message);
    }
}
