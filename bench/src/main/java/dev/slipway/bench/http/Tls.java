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
import org.jspecify.annotations.Nullable;

/// What a kubeconfig says about TLS: whom to trust, and what to show.
final class Tls {
    private Tls() {}

    static SSLContext of(Kubeconfig kubeconfig) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(shown(kubeconfig), kubeconfig.trust().managers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw Problem.of(
                            Reason.BAD_REQUEST,
                            "cannot use the certificates of the kubeconfig for %s: %s"
                                    .formatted(kubeconfig.server(), e.getMessage()))
                    .exception();
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
