package dev.slipway.apiserver.http;

import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/// TLS that asks clients for certificates of one authority, and lets them go without.
///
/// Whatever is shown passes the handshake, and is looked at where all credentials are: who shows a bad one is told so
/// in an answer, not by a connection that breaks off.
final class AskingForCertificates extends SslContextFactory.Server {
    private final X509Certificate authority;

    AskingForCertificates(X509Certificate authority) {
        this.authority = authority;
        setWantClientAuth(true);
    }

    @Override
    protected TrustManager[] getTrustManagers(
            @Nullable KeyStore trustStore, @Nullable Collection<? extends CRL> revoked) {
        return new TrustManager[] {new LookedAtLater(authority)};
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
