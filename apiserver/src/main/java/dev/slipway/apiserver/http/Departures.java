package dev.slipway.apiserver.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Notices that the client of an answer that stays open has gone, while there is nothing to be sent to it.
///
/// HTTP/2 says so. On HTTP/1 somebody has to read: the connection is given up for further requests, so that whatever
/// can still be read is its end.
final class Departures {
    private static final int ENOUGH_BYTES = 256;

    private Departures() {}

    /// Arranges for `gone` to be called once; before anything of the answer is written.
    static void watch(Request request, Response response, Runnable gone) {
        request.addFailureListener(_ -> gone.run());
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
            // In chunks all the same, so that the client can tell an end from a break.
            response.getHeaders()
                    .put(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());
            var end = request.getConnectionMetaData().getConnection().getEndPoint();
            await(end, gone);
        }
    }

    private static void await(EndPoint end, Runnable gone) {
        end.tryFillInterested(Callback.from(() -> read(end, gone), _ -> gone.run()));
    }

    private static void read(EndPoint end, Runnable gone) {
        try {
            if (end.fill(ByteBuffer.allocate(ENOUGH_BYTES).limit(0)) == 0) {
                await(end, gone);
                return;
            }
        } catch (IOException e) {
            // Not even its end can be read: it has gone all the same.
        }
        gone.run();
    }
}
