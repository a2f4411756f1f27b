package dev.slipway.apiserver.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The body of a request that must have come by a certain time, however it trickles. Used by one thread.
final class Arriving extends FilterInputStream {
    private final long end;

    /// @param end by when, as [System#nanoTime()] tells it
    Arriving(InputStream in, long end) {
        super(in);
        this.end = end;
    }

    @Override
    public int read() throws IOException {
        refuseLate();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        refuseLate();
        return super.read(bytes, offset, count);
    }

    private void refuseLate() throws LateException {
        if (System.nanoTime() - end > 0) {
            throw new LateException();
        }
    }

    /// The time is up, and the body has not come to its end.
    static final class LateException extends IOException {
        private static final long serialVersionUID = 1;
    }
}
