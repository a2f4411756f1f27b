package dev.slipway.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// By what a client knows the server that it wants.
///
/// @param authority the certificate of the server's authority in PEM, empty where the system's are good
/// @param serverName that the server's certificate must be for; empty for the name in the address
/// @param insecure whether any server will do
public record ServerTrust(String authority, String serverName, boolean insecure) {
    private static final int DNS_NAME = 2;
    private static final int ADDRESS = 7;

    /// Whoever this authority knows under the name in the address.
    public static ServerTrust of(String authority) {
        return new ServerTrust(authority, "", false);
    }

    /// Whether it is what Java does by itself.
    boolean isUsual() {
        return authority.isEmpty() && serverName.isEmpty() && !insecure;
    }

    /// For a TLS context.
    public TrustManager[] managers() throws GeneralSecurityException, IOException {
        if (insecure) {
            return new TrustManager[] {new Anybody()};
        }
        var usual = usual();
        return serverName.isEmpty()
                ? usual
                : new TrustManager[] {new Named((X509ExtendedTrustManager) usual[0], serverName)};
    }

    private TrustManager[] usual() throws GeneralSecurityException, IOException {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authority.isEmpty() ? null : store());
        return trust.getTrustManagers();
    }

    private KeyStore store() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var bytes = new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII));
        for (var one : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
            store.setCertificateEntry("authority" + store.size(), one);
        }
        return store;
    }

    /// Asks nobody who they are.
    private static class Anybody extends X509ExtendedTrustManager {
        /// Looks at the chain of a server; throws where it will not do.
        void check(X509Certificate[] chain, String kind) throws CertificateException {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
                throws CertificateException {
            check(chain, kind);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
                throws CertificateException {
            check(chain, kind);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind)
                throws CertificateException {
            check(chain, kind);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
                throws CertificateException {
            throw new CertificateException("a client has no clients");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("a client has no clients");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind)
                throws CertificateException {
            throw new CertificateException("a client has no clients");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /// Takes whoever an authority knows under one name, whatever the address is.
    private static final class Named extends Anybody {
        private final X509ExtendedTrustManager authority;
        private final String name;

        Named(X509ExtendedTrustManager authority, String name) {
            this.authority = authority;
            this.name = name.toLowerCase(Locale.ROOT);
        }

        @Override
        void check(X509Certificate[] chain, String kind) throws CertificateException {
            authority.checkServerTrusted(chain, kind);
            var names =
                    Optional.ofNullable(chain[0].getSubjectAlternativeNames()).stream()
                            .flatMap(all -> all.stream())
                            .toList();
            if (names.stream().noneMatch(this::is)) {
                throw new CertificateException("the server's certificate is not for " + name);
            }
        }

        private boolean is(List<?> alternative) {
            var said = String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT);
            return switch ((Integer) alternative.get(0)) {
                case DNS_NAME -> said.equals(name) || isBelow(said);
                case ADDRESS -> isAddress(said);
                default -> false;
            };
        }

        /// A star stands for one label.
        private boolean isBelow(String pattern) {
            var dot = name.indexOf('.');
            return pattern.startsWith("*.")
                    && dot > 0
                    && pattern.substring(1).equals(name.substring(dot));
        }

        private boolean isAddress(String said) {
            try {
                return InetAddress.ofLiteral(said).equals(InetAddress.ofLiteral(name));
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}
