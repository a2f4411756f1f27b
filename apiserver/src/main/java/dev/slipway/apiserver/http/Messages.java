package dev.slipway.apiserver.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/// Cuts what is written into text messages, one for each line. Used by one thread, which waits until the client has
/// taken each of them, so that none is held here.
final class Messages extends OutputStream {
    private static final int BUFFER_BYTES = 1024;

    /// Beyond it a buffer is not kept for the next line.
    private static final int MAX_KEPT_BYTES = 64 * 1024;

    private final CoreSession session;
    private final Duration silence;
    private ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER_BYTES);

    /// @param silence how long the client may take nothing
    Messages(CoreSession session, Duration silence) {
        this.session = session;
        this.silence = silence;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        var begin = offset;
        for (int at = offset; at < offset + length; at++) {
            if (bytes[at] == '\n') {
                line.write(bytes, begin, at - begin);
                send();
                begin = at + 1;
            }
        }
        line.write(bytes, begin, offset + length - begin);
    }

    /// Says goodbye, and gives the client some time to say it, too.
    void close(CloseStatus status, Duration patience) throws InterruptedException {
        var said = new Callback.Completable();
        session.setIdleTimeout(patience);
        session.close(status, said);
        try {
            said.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            session.abort();
        }
    }

    private void send() throws IOException {
        var sent = new Callback.Completable();
        session.sendFrame(new Frame(OpCode.TEXT, ByteBuffer.wrap(line.toByteArray())), sent, false);
        if (line.size() > MAX_KEPT_BYTES) {
            line = new ByteArrayOutputStream(BUFFER_BYTES);
        }
        line.reset();
        try {
            sent.get(silence.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException)
                    new InterruptedIOException("interrupted while sending").initCause(e);
        } catch (ExecutionException | TimeoutException e) {
            session.abort();
            throw new IOException("the client does not take what is sent", e);
        }
    }
}
