package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.HttpApiClient;
import dev.slipway.kernel.model.Json;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of watches when clients go, servers stop and kinds are deleted, over real sockets.
class StreamsIT {
    private static final String WATCH = "/api/v1/namespaces/default/configmaps?watch=true";

    @TempDir private Path folder;
    private TestServer server;
    private HttpApiClient client;

    @BeforeEach
    void start() {
        server = new TestServer(folder);
        client = server.client();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    /// A watch over HTTP/1.1 whose answer has begun.
    private Socket plainWatch() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.portal().getPort());
        var head =
                "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(
                                WATCH, server.portal().getAuthority(), server.credentials.token());
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200 OK");
        return socket;
    }

    /// Reads answers in chunks one after the other on one connection, as clients of HTTP/1.1 do.
    @Test
    void keepsTheConnectionAfterALongList() throws Exception {
        for (int i = 0; i < 3; i++) {
            client.json(
                    Call.with(
                            "POST",
                            "/api/v1/namespaces/default/configmaps",
                            Map.of(
                                    "apiVersion",
                                    "v1",
                                    "kind",
                                    "ConfigMap",
                                    "metadata",
                                    Map.of("name", "long-" + i),
                                    "data",
                                    Map.of("text", "x".repeat(500_000)))));
        }
        var head =
                "GET /api/v1/namespaces/default/configmaps HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(server.portal().getAuthority(), server.credentials.token());
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.portal().getPort())) {
            socket.setSoTimeout(10_000);
            for (int i = 0; i < 2; i++) {
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                var answer = chunked(socket.getInputStream());
                assertThat(answer)
                        .startsWith("HTTP/1.1 200 OK")
                        .containsIgnoringCase("transfer-encoding: chunked")
                        .doesNotContainIgnoringCase("connection: close");
            }
        }
    }

    @Test
    void keepsTheConnectionAfterAWatch() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.portal().getPort())) {
            staysOpen(socket, server.portal().getAuthority());
        }
    }

    @Test
    void keepsTheEncryptedConnectionAfterAWatch() throws Exception {
        var trust = KeyStore.getInstance(KeyStore.getDefaultType());
        trust.load(null, null);
        trust.setCertificateEntry("authority", server.credentials.authority());
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trust);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        try (var socket =
                context.getSocketFactory().createSocket("127.0.0.1", server.api().getPort())) {
            staysOpen(socket, server.api().getAuthority());
        }
    }

    /// Several watches, and what is asked for after each, on one connection.
    private void staysOpen(Socket socket, String host) throws IOException {
        socket.setSoTimeout(30_000);
        for (int i = 0; i < 3; i++) {
            for (var path : List.of(WATCH + "&timeoutSeconds=1", "/api/v1/namespaces/default")) {
                var head =
                        "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
                                .formatted(path, host, server.credentials.token());
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                assertThat(answer(socket.getInputStream()))
                        .startsWith("HTTP/1.1 200 OK")
                        .doesNotContainIgnoringCase("connection: close");
            }
        }
    }

    /// The head of an answer in chunks or of a known length, which is read to its end.
    private static String answer(InputStream in) throws IOException {
        var head = head(in);
        var length = Pattern.compile("(?i)content-length: ([0-9]+)").matcher(head);
        if (length.find()) {
            in.readNBytes(Integer.parseInt(length.group(1)));
        } else {
            skipChunks(in);
        }
        return head;
    }

    /// A request that is sent while a watch is open cannot be answered: part of it is lost.
    @Test
    void closesTheConnectionOfAClientThatDoesNotWait() throws Exception {
        var before = server.world.store().watches();
        try (var socket = plainWatch()) {
            server.world.eventually(
                    "the watch is open", () -> server.world.store().watches() > before);
            socket.setSoTimeout(30_000);

            socket.getOutputStream()
                    .write("GET /livez HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(readToTheEnd(socket), StandardCharsets.US_ASCII))
                    .doesNotContain("HTTP/1.1");
        }
        server.world.eventually(
                "the watch is closed", () -> server.world.store().watches() == before);
    }

    private static byte[] readToTheEnd(Socket socket) {
        var bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection stays open", e);
        } catch (IOException e) {
            // Reset: this is an end, too.
        }
        return bytes.toByteArray();
    }

    /// The head of an answer, whose chunks are read to their end.
    private static String chunked(InputStream in) throws IOException {
        var head = head(in);
        skipChunks(in);
        return head;
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var line = line(in);
            assertThat(line.isEmpty() && head.isEmpty()).as("the connection has ended").isFalse();
            head.append(line).append("\r\n");
        }
        return head.toString();
    }

    private static void skipChunks(InputStream in) throws IOException {
        for (var length = line(in); !length.equals("0"); length = line(in)) {
            in.readNBytes(Integer.parseInt(length, 16));
            line(in);
        }
        line(in);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int at = in.read(); at >= 0 && at != '\n'; at = in.read()) {
            line.append((char) at);
        }
        return line.toString().strip();
    }

    @Test
    void closesTheWatchOfAClientThatHasGone() throws Exception {
        var before = server.world.store().watches();
        var socket = plainWatch();
        server.world.eventually("the watch is open", () -> server.world.store().watches() > before);

        socket.close();

        server.world.eventually(
                "the watch is closed", () -> server.world.store().watches() == before);
    }

    @Test
    void closesTheWatchOfAStreamThatWasReset() throws Exception {
        var before = server.world.store().watches();
        var reply = client.send(Call.get(WATCH));
        server.world.eventually("the watch is open", () -> server.world.store().watches() > before);

        reply.close();

        server.world.eventually(
                "the watch is closed", () -> server.world.store().watches() == before);
    }

    @Test
    void endsWatchesCleanlyWhenItStops() throws Exception {
        try (var reply = client.send(Call.get(WATCH))) {
            var rest = CompletableFuture.supplyAsync(() -> drain(reply.body()));

            server.close();

            assertThat(rest.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// Whether the stream came to its end rather than broke off.
    private static boolean drain(InputStream in) {
        try {
            in.readAllBytes();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void endsTheWatchOfAKindThatIsDeleted() throws Exception {
        server.world.apply(
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: shows.example.com}
                spec:
                  group: example.com
                  scope: Namespaced
                  names: {plural: shows, singular: show, kind: Show, listKind: ShowList}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """);
        server.world.settle();
        client.json(
                Call.with(
                        "POST",
                        "/apis/example.com/v1/namespaces/default/shows",
                        Map.of(
                                "apiVersion", "example.com/v1",
                                "kind", "Show",
                                "metadata", Map.of("name", "one"))));
        try (var reply = client.send(Call.get("/apis/example.com/v1/shows?watch=true"))) {
            var lines =
                    new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
            assertThat(Json.readObject(lines.readLine())).containsEntry("type", "ADDED");

            server.world.delete(
                    "apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "shows.example.com");

            var rest = CompletableFuture.supplyAsync(() -> lines.lines().toList());
            assertThat(rest.get(30, TimeUnit.SECONDS))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("\"DELETED\""));
        }
    }

    @Test
    void deliversEachOfManyWritesOnceAndInOrder() throws Exception {
        try (var reply = client.send(Call.get(WATCH + "&labelSelector=many"))) {
            for (int i = 0; i < 200; i++) {
                server.world.apply(
                        """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: many, namespace: default, labels: {many: ""}}
                        data: {i: "%d"}
                        """
                                .formatted(i));
            }
            var lines =
                    new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
            for (int i = 0; i < 200; i++) {
                var event = Json.readObject(lines.readLine());
                assertThat(Json.at(event, "object", "data", "i")).isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void doesNotKeepAStoppingServerWaiting() {
        var began = System.nanoTime();
        client.send(Call.get(WATCH));

        server.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
    }
}
