package dev.slipway.apiserver.oidc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Documents over HTTPS; without it only from this machine itself. Follows no redirect.
final class WebDocuments implements Documents {
    /// How long a document may take.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /// How long a document may be, in bytes.
    static final int MAX_BYTES = 256 * 1024;

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final HttpClient http;

    /// @param authority certificates in PEM, empty where the system's are good
    WebDocuments(String authority) {
        var builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
        if (!authority.isEmpty()) {
            builder.sslContext(trusting(authority));
        }
        this.http = builder.build();
    }

    @Override
    public byte[] read(URI address) throws IOException, InterruptedException {
        check(address);
        var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        var response = http.send(request, BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("%s answers %d".formatted(address, response.statusCode()));
            }
            var bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("%s is longer than %d bytes".formatted(address, MAX_BYTES));
            }
            return bytes;
        }
    }

    private static void check(URI address) throws IOException {
        var safe =
                "https".equals(address.getScheme())
                        || ("http".equals(address.getScheme())
                                && address.getHost() != null
                                && LOOPBACK.contains(address.getHost()));
        if (!safe) {
            throw new IOException(address + " is not an https address");
        }
    }

    private static SSLContext trusting(String authority) {
        try {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            var pem = new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII));
            for (var one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("authority" + trusted.size(), one);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("not certificates in PEM: " + e.getMessage(), e);
        }
    }
}
