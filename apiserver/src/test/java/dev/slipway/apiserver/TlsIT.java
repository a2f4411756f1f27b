package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.HttpApiClient;
import dev.slipway.client.Kubeconfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Clients that come back to a restarted server by the TLS session that they were given.
@EnabledOnOs(OS.LINUX)
class TlsIT {
    private static final String WHOAMI = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

    /// How long a client's certificate is good.
    private static final Duration LIFETIME = Duration.ofHours(1);

    @TempDir private Path folder;

    /// A client with sessions of its own.
    ///
    /// @param token what it bears, or nothing
    private record Client(SSLContext tls, String version, String token) {}

    /// What came of a request on a connection of its own.
    ///
    /// @param begun when the session began that the connection is by
    private record Answered(String text, long begun) {}

    /// A server whose native library is loaded.
    private TestServer serve(Duration later, int port) throws IOException, InterruptedException {
        var clock = Clock.offset(Clock.systemUTC(), later);
        var server = new TestServer(folder, clock, port);
        try (var admin = server.client()) {
            var end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (!metrics(admin).contains("slipway_tls_native 1")) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(10);
            }
        }
        return server;
    }

    private static String metrics(HttpApiClient admin) throws IOException {
        try (var reply = admin.send(Call.get("/metrics"))) {
            return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void knowsWhoComesBackToARestartedServer() throws Exception {
        var clients = new LinkedHashMap<Client, Answered>();
        int port;
        try (var server = serve(Duration.ZERO, 0)) {
            port = server.api().getPort();
            for (var version : List.of("TLSv1.3", "TLSv1.2")) {
                var admin = new Client(tls(admin(server)), version, server.credentials.token());
                var jane = new Client(tls(jane(server)), version, "");
                clients.put(admin, ask(admin, server));
                clients.put(jane, ask(jane, server));
                assertThat(clients.get(admin)).satisfies(one -> isKnown(one, "admin"));
                assertThat(clients.get(jane)).satisfies(one -> isKnown(one, "jane"));
            }
        }
        try (var server = serve(Duration.ZERO, port)) {
            for (var client : clients.entrySet()) {
                var first = client.getValue();
                var again = ask(client.getKey(), server);

                assertThat(again.begun()).isEqualTo(first.begun());
                isKnown(again, client.getKey().token().isEmpty() ? "jane" : "admin");
            }
            var stranger = new Client(tls(admin(server)), "TLSv1.3", server.credentials.token());
            assertThat(clients.values())
                    .extracting(Answered::begun)
                    .doesNotContain(ask(stranger, server).begun());
        }
    }

    @Test
    void doesNotLetTheOldComeBackForEver() throws Exception {
        Client jane;
        Client admin;
        Answered first;
        int port;
        try (var server = serve(Duration.ZERO, 0)) {
            port = server.api().getPort();
            jane = new Client(tls(jane(server)), "TLSv1.3", "");
            admin = new Client(tls(admin(server)), "TLSv1.3", server.credentials.token());
            isKnown(ask(jane, server), "jane");
            first = ask(admin, server);
        }
        try (var server = serve(LIFETIME.multipliedBy(2), port)) {
            // Her session is taken, her certificate is not.
            assertThat(ask(jane, server).text()).startsWith("HTTP/1.1 401");
        }
        try (var server = serve(Duration.ofDays(3), port)) {
            var again = ask(admin, server);

            isKnown(again, "admin");
            assertThat(again.begun()).isGreaterThan(first.begun());
        }
    }

    private static void isKnown(Answered answered, String user) {
        assertThat(answered.text())
                .startsWith("HTTP/1.1 201")
                .contains("\"username\":\"%s\"".formatted(user));
    }

    private static Kubeconfig admin(TestServer server) {
        return Kubeconfig.read(server.kubeconfig);
    }

    private Kubeconfig jane(TestServer server) throws IOException {
        var text = server.credentials.clientKubeconfig(server.api(), "jane", List.of(), LIFETIME);
        return Kubeconfig.read(Files.writeString(folder.resolve("jane.yaml"), text));
    }

    private static SSLContext tls(Kubeconfig kubeconfig)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", certificate(kubeconfig.authority()));
        if (!kubeconfig.key().isEmpty()) {
            var key = new PKCS8EncodedKeySpec(bytes(kubeconfig.key()));
            store.setKeyEntry(
                    "own",
                    KeyFactory.getInstance("EC").generatePrivate(key),
                    new char[0],
                    new Certificate[] {certificate(kubeconfig.certificate())});
        }
        var trusted = TrustManagerFactory.getInstance("PKIX");
        trusted.init(store);
        var shown = KeyManagerFactory.getInstance("PKIX");
        shown.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static Certificate certificate(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] bytes(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
    }

    private static Answered ask(Client client, TestServer server) throws IOException {
        var factory = client.tls().getSocketFactory();
        try (var socket = (SSLSocket) factory.createSocket("127.0.0.1", server.api().getPort())) {
            socket.setEnabledProtocols(new String[] {client.version()});
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(
                            """
                            POST %s HTTP/1.1\r
                            Host: %s\r
                            %sContent-Type: application/json\r
                            Content-Length: 2\r
                            Connection: close\r
                            \r
                            {}\
                            """
                                    .formatted(
                                            WHOAMI,
                                            server.api().getAuthority(),
                                            client.token().isEmpty()
                                                    ? ""
                                                    : "Authorization: Bearer %s\r\n"
                                                            .formatted(client.token()))
                                    .getBytes(StandardCharsets.US_ASCII));
            var text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(socket.getSession().getProtocol()).isEqualTo(client.version());
            return new Answered(text, socket.getSession().getCreationTime());
        }
    }
}
