package dev.slipway.bench.http;

import dev.slipway.client.Kubeconfig;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// What a kubeconfig says about TLS: whom to trust, and what to show; and the sessions of one client. Immutable but for
/// these.
final class Tls {
    private final KeyManager @Nullable [] shown;
    private final TrustManager[] trusted;
    private final SSLContext sessions;

    private Tls(KeyManager @Nullable [] shown, TrustManager[] trusted)
            throws GeneralSecurityException {
        this.shown = shown;
        this.trusted = trusted;
        this.sessions = SSLContext.getInstance("TLS");
        sessions.init(shown, trusted, null);
    }

    static Tls of(Kubeconfig kubeconfig) {
        try {
            return new Tls(shown(kubeconfig), kubeconfig.trust().managers());
        } catch (GeneralSecurityException | IOException e) {
            throw Problem.of(
                            Reason.BAD_REQUEST,
                            "cannot use the certificates of the kubeconfig for %s: %s"
                                    .formatted(kubeconfig.server(), e.getMessage()))
                    .exception();
        }
    }

    /// Makes connections, each by a session that one before was given, where the server takes it.
    SSLContext sessions() {
        return sessions;
    }

    /// The same without any session.
    Tls another() {
        try {
            return new Tls(shown, trusted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("what could be used before cannot fail", e);
        }
    }

    private static KeyManager @Nullable [] shown(Kubeconfig kubeconfig)
            throws GeneralSecurityException, IOException {
        if (kubeconfig.certificate().isEmpty()) {
            return null;
        }
        var store = empty();
        var chain = certificates(kubeconfig.certificate()).toArray(Certificate[]::new);
        store.setKeyEntry("client", PemKey.read(kubeconfig.key()), new char[0], chain);
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String pem)
            throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(
                        new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
