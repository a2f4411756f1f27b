package dev.slipway.apiserver.http;

import dev.slipway.client.web.WebResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.Handshaker;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/// Delivers answers that stay open as WebSocket messages, one for each event, to clients that ask for it. Thread-safe.
final class WebSockets {
    /// How long a client may take for the handshake and for the goodbye.
    static final Duration POLITENESS = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(WebSockets.class.getName());
    private static final int BUFFER_BYTES = 4 * 1024;
    private static final String EVENTS = "application/json";

    private final Handshaker handshaker = Handshaker.newInstance();
    private final Duration silence;

    /// @param silence how long a client may take nothing of what it is sent
    WebSockets(Duration silence) {
        this.silence = silence;
    }

    /// Whether an answer is to go out as messages.
    boolean fit(WebResponse.Streaming answer, Request request) {
        return answer.open()
                && answer.status() == 200
                && EVENTS.equals(answer.headers().get("Content-Type"))
                && handshaker.isWebSocketUpgradeRequest(request);
    }

    /// Blocks until the answer has ended, the client has gone or the thread is interrupted. Completes the callback.
    ///
    /// @param gone called when the client has gone, on any thread
    void deliver(
            WebResponse.Streaming answer,
            Request request,
            Response response,
            Callback callback,
            Runnable gone)
            throws InterruptedException {
        var listener = new Listener(gone);
        var negotiator = new Negotiator(listener);
        if (!handshaker.upgradeRequest(
                negotiator, request, response, callback, components(request), negotiator)) {
            Response.writeError(request, response, callback, 400);
            return;
        }
        try {
            var session = listener.opened().get(POLITENESS.toMillis(), TimeUnit.MILLISECONDS);
            var messages = new Messages(session, silence);
            var end = endOf(answer, messages);
            if (!listener.isGone()) {
                messages.close(end, POLITENESS);
            }
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.DEBUG, "a WebSocket was not opened", e);
        }
    }

    /// Writes the answer, and says how it ended.
    private static CloseStatus endOf(WebResponse.Streaming answer, Messages messages) {
        try {
            answer.body().write(messages);
            return CloseStatus.NORMAL_STATUS;
        } catch (IOException | InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "a WebSocket was interrupted", e);
            return new CloseStatus(CloseStatus.SHUTDOWN, "the server stops");
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a watch failed", e);
            return new CloseStatus(CloseStatus.SERVER_ERROR, "the server's log tells more");
        } finally {
            // What is left is the goodbye, which waits a little.
            var _ = Thread.interrupted();
        }
    }

    /// Made for the first client that asks.
    private synchronized WebSocketComponents components(Request request) {
        return WebSocketServerComponents.ensureWebSocketComponents(
                request.getConnectionMetaData().getConnector().getServer());
    }

    /// Agrees with the client on how to speak: one of its protocols, without extensions.
    private record Negotiator(Listener listener) implements WebSocketNegotiator {
        @Override
        public FrameHandler negotiate(
                ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
            Subprotocols.parse(String.join(",", request.getSubProtocols()))
                    .chosen()
                    .ifPresent(response::setAcceptedSubProtocol);
            response.setExtensions(List.of());
            return listener;
        }

        @Override
        public void customize(Configuration session) {
            // As long as nothing happens nothing is said, as on other watches.
            session.setIdleTimeout(Duration.ZERO);
            // What a client says is passed over bit by bit; an event goes out in one piece.
            session.setMaxFrameSize(0);
            session.setAutoFragment(true);
            session.setInputBufferSize(BUFFER_BYTES);
            session.setOutputBufferSize(BUFFER_BYTES);
        }
    }
}
