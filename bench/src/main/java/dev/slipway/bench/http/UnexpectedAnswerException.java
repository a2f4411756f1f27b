package dev.slipway.bench.http;

import java.io.IOException;

/// An answer with another status than the one that the load counts on; the message has the beginning of its body.
public final class UnexpectedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    UnexpectedAnswerException(int expected, int status, String body) {
        super("answered %d where %d was expected: %s".formatted(status, expected, body));
        this.status = status;
    }

    public int status() {
        return status;
    }
}
