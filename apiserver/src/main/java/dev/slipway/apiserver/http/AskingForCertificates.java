package dev.slipway.apiserver.http;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/// TLS that asks clients for certificates of one authority, and lets them go without.
///
/// Whatever is shown passes the handshake, and is looked at where all credentials are: who shows a bad one is told so
/// in an answer, not by a connection that breaks off. The first connection sets off that the native library is loaded,
/// so that no start waits for it; until it is there, and where there is none, the JDK does all.
final class AskingForCertificates extends SslContextFactory.Server {
    private final TrustManager clients;
    private final Function<TrustManager, Optional<NativeTls>> loading;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile Optional<NativeTls> loaded = Optional.empty();

    AskingForCertificates(
            X509Certificate authority, Function<TrustManager, Optional<NativeTls>> loading) {
        this.clients = new LookedAtLater(authority);
        this.loading = loading;
        setWantClientAuth(true);
    }

    /// Whether the native library is in use.
    boolean isNative() {
        return loaded.isPresent();
    }

    @Override
    public SSLEngine newSSLEngine(@Nullable InetSocketAddress client) {
        if (asked.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("tls").start(() -> loaded = loading.apply(clients));
        }
        return loaded.map(NativeTls::newEngine).orElseGet(() -> super.newSSLEngine(client));
    }

    @Override
    protected TrustManager[] getTrustManagers(
            @Nullable KeyStore trustStore, @Nullable Collection<? extends CRL> revoked) {
        return new TrustManager[] {clients};
    }

    /// Trusts nobody as a server, and leaves clients to be looked at later.
    private static final class LookedAtLater extends X509ExtendedTrustManager {
        private final X509Certificate authority;

        LookedAtLater(X509Certificate authority) {
            this.authority = authority;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("this server connects to nobody");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            checkServerTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            checkServerTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {authority};
        }
    }
}
