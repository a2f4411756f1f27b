package dev.slipway.bench.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/// The lines of an answer that goes on: events of a watch, server-sent events. Used by one thread.
public final class Lines {
    private static final int LOOKED_AT_BYTES = 64;

    private final Connection connection;
    private final Deque<byte[]> whole = new ArrayDeque<>();
    private byte[] begun = new byte[0];

    Lines(Connection connection) {
        this.connection = connection;
    }

    /// The next line, without its end; empty when the answer is over. Waits for as long as it takes.
    public Optional<byte[]> next() throws IOException {
        while (whole.isEmpty()) {
            var more = connection.next();
            if (more.length == 0) {
                return Optional.empty();
            }
            split(more);
        }
        return Optional.of(whole.remove());
    }

    /// Whether a line has a text somewhere in its beginning.
    public static boolean has(byte[] line, String text) {
        var length = Math.min(line.length, LOOKED_AT_BYTES);
        return new String(line, 0, length, StandardCharsets.UTF_8).contains(text);
    }

    private void split(byte[] more) {
        var start = 0;
        for (int i = 0; i < more.length; i++) {
            if (more[i] == '\n') {
                whole.add(joined(begun, more, start, i));
                begun = new byte[0];
                start = i + 1;
            }
        }
        begun = joined(begun, more, start, more.length);
    }

    private static byte[] joined(byte[] head, byte[] from, int start, int end) {
        var all = Arrays.copyOf(head, head.length + end - start);
        System.arraycopy(from, start, all, head.length, end - start);
        return all;
    }
}
