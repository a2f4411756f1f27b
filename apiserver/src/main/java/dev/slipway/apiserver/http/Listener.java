package dev.slipway.apiserver.http;

import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;

/// What comes from the client of a WebSocket: signs of life, which are answered, and in the end its goodbye. All else
/// is passed over. Called by one thread at a time.
final class Listener implements FrameHandler {
    private final CompletableFuture<CoreSession> opened = new CompletableFuture<>();
    private final Runnable whenGone;
    private volatile boolean gone;

    Listener(Runnable whenGone) {
        this.whenGone = whenGone;
    }

    /// Done when the handshake is.
    CompletableFuture<CoreSession> opened() {
        return opened;
    }

    boolean isGone() {
        return gone;
    }

    @Override
    public void onOpen(CoreSession session, Callback callback) {
        opened.complete(session);
        callback.succeeded();
        session.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        var session = opened.getNow(null);
        switch (frame.getOpCode()) {
            case OpCode.PING -> pong(frame, callback, session);
            case OpCode.CLOSE -> {
                leave();
                callback.succeeded();
            }
            default -> {
                callback.succeeded();
                session.demand();
            }
        }
    }

    private static void pong(Frame ping, Callback callback, CoreSession session) {
        var pong = new Frame(OpCode.PONG, Frame.copy(ping).getPayload());
        session.sendFrame(
                pong,
                Callback.from(
                        () -> {
                            callback.succeeded();
                            session.demand();
                        },
                        callback::failed),
                false);
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        leave();
        opened.completeExceptionally(cause);
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        leave();
        callback.succeeded();
    }

    private void leave() {
        gone = true;
        whenGone.run();
    }
}
