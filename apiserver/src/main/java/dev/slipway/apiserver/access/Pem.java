package dev.slipway.apiserver.access;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Locale;

/// Certificates and keys as the text that tools read.
final class Pem {
    private static final String KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";

    private Pem() {}

    static String write(PrivateKey key) {
        return write(KEY, key.getEncoded());
    }

    static String write(X509Certificate certificate) throws GeneralSecurityException {
        return write(CERTIFICATE, certificate.getEncoded());
    }

    /// The first private key of a text.
    static PrivateKey key(String text) throws GeneralSecurityException {
        var bytes = new PKCS8EncodedKeySpec(read(KEY, text));
        return KeyFactory.getInstance("EC").generatePrivate(bytes);
    }

    /// The first certificate of a text.
    static X509Certificate certificate(String text) throws GeneralSecurityException {
        var bytes = new ByteArrayInputStream(read(CERTIFICATE, text));
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
    }

    private static byte[] read(String type, String text) throws GeneralSecurityException {
        var begin = "-----BEGIN " + type + "-----";
        var start = text.indexOf(begin);
        var end = text.indexOf("-----END " + type + "-----");
        if (start < 0 || end < start) {
            throw new GeneralSecurityException("no " + type.toLowerCase(Locale.ROOT) + " in PEM");
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("broken PEM", e);
        }
    }

    private static String write(String type, byte[] bytes) {
        var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, encoder.encodeToString(bytes), type);
    }
}
