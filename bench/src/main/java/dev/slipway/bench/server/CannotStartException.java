package dev.slipway.bench.server;

/// The server that is to be measured did not become ready; the message has the last lines that it printed.
public final class CannotStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotStartException(String message) {
        super(message);
    }
}
