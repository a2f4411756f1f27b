package dev.slipway.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/// Bytes from one thread to another, a bounded number of them on the way. One writer, one reader, any threads.
final class BoundedPipe {
    /// How many bytes may be on the way; then the writer waits.
    static final int CAPACITY = 64 * 1024;

    private final byte[] buffer = new byte[CAPACITY];
    private int start;
    private int count;
    private boolean written;
    private boolean abandoned;
    private Runnable whenClosed = () -> {};

    /// What to do when the reader goes before the writer is done.
    synchronized void onClose(Runnable action) {
        whenClosed = action;
    }

    /// For the writer: fails once the reader has gone.
    OutputStream out() {
        return new Out();
    }

    /// For the reader.
    InputStream in() {
        return new In();
    }

    private synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            awaitRoom();
            if (abandoned) {
                throw new IOException("the reader has gone");
            }
            done += put(bytes, offset + done, length - done);
            notifyAll();
        }
    }

    private int put(byte[] bytes, int offset, int length) {
        var end = (start + count) % CAPACITY;
        var now = Math.min(length, Math.min(CAPACITY - count, CAPACITY - end));
        System.arraycopy(bytes, offset, buffer, end, now);
        count += now;
        return now;
    }

    private synchronized int read(byte[] bytes, int offset, int length) throws IOException {
        awaitBytes();
        if (count == 0) {
            return -1;
        }
        var now = Math.min(length, Math.min(count, CAPACITY - start));
        System.arraycopy(buffer, start, bytes, offset, now);
        start = (start + now) % CAPACITY;
        count -= now;
        notifyAll();
        return now;
    }

    private synchronized void awaitRoom() throws IOException {
        try {
            while (count == CAPACITY && !abandoned) {
                wait();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private synchronized void awaitBytes() throws IOException {
        try {
            while (count == 0 && !written) {
                wait();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for the other side");
    }

    private synchronized void finish() {
        written = true;
        notifyAll();
    }

    private void abandon() {
        Runnable action;
        synchronized (this) {
            action = abandoned || written ? () -> {} : whenClosed;
            abandoned = true;
            notifyAll();
        }
        action.run();
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            BoundedPipe.this.write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            BoundedPipe.this.write(bytes, offset, length);
        }

        @Override
        public void close() {
            finish();
        }
    }

    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return BoundedPipe.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return length == 0 ? 0 : BoundedPipe.this.read(bytes, offset, length);
        }

        @Override
        public int available() {
            synchronized (BoundedPipe.this) {
                return count;
            }
        }

        @Override
        public void close() {
            abandon();
        }
    }
}
