package dev.slipway.apiserver.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Gathers what is written until it is enough or flushed, and holds no memory while there is nothing to send: ten
/// thousand watches wait for most of their lives. Used by one thread.
final class Gathered extends OutputStream {
    private static final byte[] NOTHING = new byte[0];
    private static final int LEAST_BYTES = 512;

    private final OutputStream out;
    private final int enough;
    private byte[] bytes = NOTHING;
    private int length;

    /// @param enough how many bytes are gathered at most
    Gathered(OutputStream out, int enough) {
        this.out = out;
        this.enough = enough;
    }

    @Override
    public void write(int one) throws IOException {
        room(1);
        bytes[length++] = (byte) one;
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        if (count >= enough) {
            send();
            out.write(from, offset, count);
            return;
        }
        room(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /// Sends what there is, and lets go of the memory that it lay in.
    @Override
    public void flush() throws IOException {
        send();
        bytes = NOTHING;
        out.flush();
    }

    @Override
    public void close() throws IOException {
        send();
        bytes = NOTHING;
        out.close();
    }

    /// How many bytes it holds, gathered or not.
    int capacity() {
        return bytes.length;
    }

    private void room(int count) throws IOException {
        if (length + count > enough) {
            send();
        }
        if (length + count > bytes.length) {
            var wanted = Math.max(LEAST_BYTES, Math.max(2 * bytes.length, length + count));
            bytes = Arrays.copyOf(bytes, Math.min(enough, wanted));
        }
    }

    private void send() throws IOException {
        var count = length;
        length = 0;
        if (count > 0) {
            out.write(bytes, 0, count);
        }
    }
}
