package dev.slipway.client.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// One answer: whole, or written bit by bit while the client listens.
public sealed interface WebResponse {
    int status();

    Map<String, String> headers();

    /// An answer that is there.
    record Whole(int status, Map<String, String> headers, byte[] body) implements WebResponse {
        public Whole {
            headers = Map.copyOf(headers);
        }
    }

    /// An answer that is written over time: watches, server-sent events, large lists.
    ///
    /// @param open whether it waits for what is yet to happen, and so must notice that a silent client has gone and
    ///     ends when the server stops; one that comes to an end of its own is finished
    record Streaming(int status, Map<String, String> headers, Body body, boolean open)
            implements WebResponse {
        public Streaming {
            headers = Map.copyOf(headers);
        }

        /// An answer that stays open.
        public Streaming(int status, Map<String, String> headers, Body body) {
            this(status, headers, body, true);
        }
    }

    /// Writes a streaming answer on the request's own virtual thread until it is complete.
    ///
    /// Flushes whenever the client shall see what was written. An [IOException] from `out` means that the client has
    /// gone, an interrupt that the server stops; both end the answer.
    @FunctionalInterface
    interface Body {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    static WebResponse text(int status, String contentType, String body) {
        return new Whole(
                status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }
}
