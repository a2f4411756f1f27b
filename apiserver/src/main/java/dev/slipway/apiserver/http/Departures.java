package dev.slipway.apiserver.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Notices that the client of an answer that stays open has gone, while there is nothing to be sent to it.
///
/// HTTP/2 says so. On HTTP/1 somebody has to read: as long as the answer lasts, whatever can be read is the client's
/// end. The connection is handed back before the answer ends, since the next request may come right then. Thread-safe.
final class Departures {
    private static final int ENOUGH_BYTES = 256;

    private final EndPoint end;
    private final Runnable whenGone;
    private boolean gone;
    private boolean over;

    private Departures(EndPoint end, Runnable whenGone) {
        this.end = end;
        this.whenGone = whenGone;
    }

    /// Arranges for `gone` to be called once; before anything of the answer is written.
    ///
    /// @return what to do when the answer is over, before its end is written
    static Runnable watch(Request request, Response response, Runnable gone) {
        request.addFailureListener(_ -> gone.run());
        var connection = request.getConnectionMetaData();
        if (connection.getHttpVersion() == HttpVersion.HTTP_2) {
            return () -> {};
        }
        if (connection.getHttpVersion() == HttpVersion.HTTP_1_0) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        var departures = new Departures(connection.getConnection().getEndPoint(), gone);
        departures.await();
        return departures::release;
    }

    private void await() {
        end.tryFillInterested(Callback.from(this::read, _ -> leave()));
    }

    private synchronized void read() {
        if (!over && isOpen()) {
            await();
        } else {
            leave();
        }
    }

    private boolean isOpen() {
        try {
            return end.fill(ByteBuffer.allocate(ENOUGH_BYTES).limit(0)) == 0;
        } catch (IOException e) {
            // Not even its end can be read: it has gone all the same.
            return false;
        }
    }

    private synchronized void leave() {
        if (!over && !gone) {
            gone = true;
            whenGone.run();
        }
    }

    /// What was read is lost, so that nothing which follows it could be understood.
    private synchronized void release() {
        over = true;
        if (gone) {
            end.close();
        } else if (end instanceof AbstractEndPoint reading) {
            var _ = reading.getFillInterest().onFail(new CancellationException());
        }
    }
}
