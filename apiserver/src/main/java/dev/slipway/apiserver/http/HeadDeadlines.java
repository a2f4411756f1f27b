package dev.slipway.apiserver.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.Request;

/// Ends connections on which the handshake or the head of a request takes too long to come: a letter now and then keeps
/// a connection from being silent, and would keep a place from others for ever.
///
/// Connections of HTTP/2 count until their handshake is done; their streams are bounded otherwise. Between two requests
/// a connection may be silent. Safe to use from any thread.
final class HeadDeadlines implements Connection.Listener, AutoCloseable {
    /// How often it is looked whose time is up, in parts of the time that they have.
    private static final int LOOKS = 4;

    /// What is waited for on one connection.
    private static final class Awaited {
        private volatile boolean first = true;
        private volatile boolean answering;
        private volatile long since = System.nanoTime();
        private volatile long bytes;

        /// Whether something has begun to come and has not come whole.
        boolean late(Connection connection, long now, long most) {
            return !answering && now - since > most && (first || connection.getBytesIn() > bytes);
        }
    }

    private final long most;
    private final Map<Connection, Awaited> awaited = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("heads").factory());

    HeadDeadlines(Duration most) {
        this.most = most.toNanos();
        var pause = Math.max(1, this.most / LOOKS);
        var _ = looking.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.NANOSECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof SslConnection || connection instanceof ConnectionMetaData) {
            awaited.put(connection, new Awaited());
        }
        if (!(connection instanceof NegotiatingServerConnection)
                && connection.getEndPoint() instanceof SslConnection.SslEndPoint decrypted) {
            awaited.remove(decrypted.getSslConnection());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        awaited.remove(connection);
    }

    /// Notes that the head of a request is there, and that the next one follows its answer.
    void arrived(Request request) {
        if (!(request.getConnectionMetaData() instanceof Connection connection)) {
            return;
        }
        var one = awaited.get(connection);
        if (one != null) {
            one.answering = true;
            Request.addCompletionListener(request, _ -> answered(connection, one));
        }
    }

    private static void answered(Connection connection, Awaited one) {
        one.first = false;
        one.since = System.nanoTime();
        one.bytes = connection.getBytesIn();
        one.answering = false;
    }

    private void look() {
        var now = System.nanoTime();
        awaited.forEach((connection, one) -> {
            if (one.late(connection, now, most)) {
                awaited.remove(connection);
                connection.getEndPoint().close();
            }
        });
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
