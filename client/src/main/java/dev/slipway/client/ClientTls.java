package dev.slipway.client;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// What a client trusts and shows in the handshake, of texts in PEM.
final class ClientTls {
    private static final String KEY = "PRIVATE KEY";
    private static final List<String> KEY_KINDS = List.of("EC", "RSA", "Ed25519");

    private ClientTls() {}

    /// @param certificate the client's own, empty for none
    /// @param key of that certificate, in PKCS #8
    static SSLContext context(ServerTrust trust, String certificate, String key) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(
                    certificate.isEmpty() ? null : shown(certificate, key), trust.managers(), null);
            return context;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw Problem.of(
                            Reason.BAD_REQUEST,
                            "cannot use the certificates of the kubeconfig: " + why(e))
                    .exception();
        }
    }

    private static KeyManager[] shown(String certificate, String key)
            throws GeneralSecurityException, IOException {
        var own = empty();
        own.setKeyEntry(
                "client",
                key(key),
                new char[0],
                certificates(certificate).toArray(Certificate[]::new));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        return keys.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String pem)
            throws GeneralSecurityException {
        var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        return CertificateFactory.getInstance("X.509").generateCertificates(bytes);
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        var begin = "-----BEGIN " + KEY + "-----";
        var start = pem.indexOf(begin);
        var end = pem.indexOf("-----END " + KEY + "-----");
        if (start < 0 || end < start) {
            throw new GeneralSecurityException("the client's key is not in PKCS #8");
        }
        var bytes = Base64.getMimeDecoder().decode(pem.substring(start + begin.length(), end));
        InvalidKeySpecException refused = new InvalidKeySpecException("no key of a known kind");
        for (var kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (InvalidKeySpecException e) {
                refused.addSuppressed(e);
            }
        }
        throw refused;
    }

    private static String why(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
