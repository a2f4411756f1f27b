package dev.slipway.apiserver.http;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/// TLS connections; those of the native engine read and write memory outside the heap, and free what the engine holds
/// there when they end.
final class SecureConnections extends SslConnectionFactory {
    SecureConnections(SslContextFactory.Server tls, String next) {
        super(tls, next);
    }

    @Override
    protected SslConnection newSslConnection(
            Connector connector, EndPoint endPoint, SSLEngine engine) {
        return NativeTls.made(engine)
                ? new Native(connector, getSslContextFactory(), endPoint, engine)
                : super.newSslConnection(connector, endPoint, engine);
    }

    private static final class Native extends SslConnection {
        Native(
                Connector connector,
                SslContextFactory factory,
                EndPoint endPoint,
                SSLEngine engine) {
            super(
                    connector.getByteBufferPool(),
                    connector.getExecutor(),
                    factory,
                    endPoint,
                    engine,
                    true,
                    true);
        }

        /// The native engine may say that a handshake has ended only by the next call, with nothing to read, where Jetty
        /// does not look for it; so it is asked at once.
        @Override
        protected SSLEngineResult unwrap(SSLEngine engine, ByteBuffer from, ByteBuffer to)
                throws SSLException {
            var last = super.unwrap(engine, from, to);
            var all = last;
            while (goesOn(last)) {
                last = super.unwrap(engine, from, to);
                all = joined(all, last);
            }
            return all;
        }

        private static boolean goesOn(SSLEngineResult last) {
            return last.getStatus() == Status.OK
                    && last.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP
                    && last.bytesConsumed() > 0;
        }

        private static SSLEngineResult joined(SSLEngineResult first, SSLEngineResult second) {
            return new SSLEngineResult(
                    second.getStatus() == Status.BUFFER_UNDERFLOW ? Status.OK : second.getStatus(),
                    second.getHandshakeStatus(),
                    first.bytesConsumed() + second.bytesConsumed(),
                    first.bytesProduced() + second.bytesProduced());
        }

        @Override
        public void onClose(@Nullable Throwable cause) {
            try {
                super.onClose(cause);
            } finally {
                NativeTls.free(getSSLEngine());
            }
        }
    }
}
