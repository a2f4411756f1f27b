package dev.slipway.apiserver.http;

import java.util.List;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.alpn.server.ALPNServerConnection;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;
import org.jspecify.annotations.Nullable;

/// Finds out in the handshake whether a client speaks HTTP/2: with the JDK's engine by Jetty's ways, with the native one,
/// which decides by itself, by asking it.
final class Protocols extends ALPNServerConnectionFactory {
    Protocols() {
        super("h2", "http/1.1");
        setDefaultProtocol("http/1.1");
    }

    @Override
    protected AbstractConnection newServerConnection(
            Connector connector,
            EndPoint endPoint,
            SSLEngine engine,
            List<String> protocols,
            String otherwise) {
        if (!NativeTls.made(engine)) {
            return super.newServerConnection(connector, endPoint, engine, protocols, otherwise);
        }
        var connection =
                new ALPNServerConnection(connector, endPoint, engine, protocols, otherwise);
        ((SslConnection.SslEndPoint) endPoint)
                .getSslConnection()
                .addHandshakeListener(new Decided(connection));
        return connection;
    }

    private record Decided(ALPNServerConnection connection) implements SslHandshakeListener {
        @Override
        public void handshakeSucceeded(Event event) {
            @Nullable String protocol = event.getSSLEngine().getApplicationProtocol();
            connection.select(
                    protocol == null || protocol.isEmpty() ? List.of() : List.of(protocol));
        }
    }
}
