package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.HttpApiClient;
import dev.slipway.kernel.model.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    /// The head of an answer, whose chunks are read to their end.
    private static String chunked(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append(line(in)).append("\r\n");
        }
        for (var length = line(in); !length.equals("0"); length = line(in)) {
            in.readNBytes(Integer.parseInt(length, 16));
            line(in);
        }
        line(in);
        return head.toString();
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
