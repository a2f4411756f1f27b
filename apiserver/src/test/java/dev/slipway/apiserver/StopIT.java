package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apiserver.http.Limits;
import dev.slipway.apiserver.http.WebServer.Patience;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.HttpApiClient;
import dev.slipway.client.web.WebResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of requests that run, and of those that come, when the server stops.
class StopIT {
    private static final String LIST = "/api/v1/namespaces/default/configmaps";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

    /// Together more than what lies between a server and a client that does not read.
    private static final int OBJECTS = 12;

    private static final int OBJECT_BYTES = 800_000;

    private static final Duration SILENCE = Duration.ofSeconds(1);

    @TempDir private Path folder;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);
    private TestServer server;
    private URI portal;

    @BeforeEach
    void start() {
        server =
                new TestServer(
                        folder,
                        _ -> late(),
                        Clock.systemUTC(),
                        Limits.defaults(),
                        new Patience(Duration.ofSeconds(20), SILENCE));
        portal = server.portal();
        try (var client = server.client()) {
            for (int i = 0; i < OBJECTS; i++) {
                create(client, "wide-" + i);
            }
        }
    }

    @AfterEach
    void stop() {
        answers.countDown();
        server.close();
    }

    /// A page that takes its time.
    private WebResponse late() {
        asked.countDown();
        try {
            answers.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return WebResponse.text(500, "text/plain", "interrupted");
        }
        return WebResponse.text(200, "text/plain", "late");
    }

    private static void create(HttpApiClient client, String name) {
        client.json(
                Call.with(
                        "POST",
                        LIST,
                        Map.of(
                                "metadata",
                                Map.of("name", name),
                                "data",
                                Map.of("k", "y".repeat(OBJECT_BYTES)))));
    }

    @Test
    void finishesALargeListForASlowReader() throws Exception {
        assertFinishes("application/json");
    }

    @Test
    void finishesATableForASlowReader() throws Exception {
        assertFinishes(TABLE);
    }

    private void assertFinishes(String form) throws Exception {
        try (var socket = ask(LIST + "?includeObject=Object", form)) {
            var begin = socket.getInputStream().readNBytes(100_000);
            var stopped = CompletableFuture.runAsync(server::close);

            var rest = readSlowly(socket);

            assertThat(begin.length + rest.length).isGreaterThan(OBJECTS * OBJECT_BYTES);
            assertThat(new String(rest, rest.length - 40, 40, StandardCharsets.US_ASCII))
                    .matches("(?s).*}\\s*(0\\s*)?");
            stopped.get(20, TimeUnit.SECONDS);
        }
    }

    private static byte[] readSlowly(Socket socket) throws IOException, InterruptedException {
        var all = new ByteArrayOutputStream();
        var in = socket.getInputStream();
        for (var some = in.readNBytes(400_000); some.length > 0; some = in.readNBytes(400_000)) {
            all.write(some);
            Thread.sleep(50);
        }
        return all.toByteArray();
    }

    @Test
    void waitsForAnAnswerThatTakesItsTime() throws Exception {
        try (var socket = ask("/page", "text/html")) {
            asked.await();
            var stopped = CompletableFuture.runAsync(server::close);
            Thread.sleep(SILENCE.toMillis() * 2);
            answers.countDown();

            assertThat(text(socket)).startsWith("HTTP/1.1 200 OK").endsWith("late");
            stopped.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void refusesWhatComesMeanwhile() throws Exception {
        try (var running = ask("/page", "text/html");
                var kept = ask("/readyz", "text/plain")) {
            asked.await();
            awaitOk(kept);
            var stopped = CompletableFuture.runAsync(server::close);
            server.world.eventually("it stops", () -> !accepts());
            send(kept, "/version", "application/json");

            assertThat(text(kept))
                    .startsWith("HTTP/1.1 503 Service Unavailable")
                    .contains("Connection: close", "Retry-After");
            answers.countDown();
            assertThat(text(running)).endsWith("late");
            stopped.get(20, TimeUnit.SECONDS);
        }
    }

    private static void awaitOk(Socket socket) throws IOException {
        var answer = new StringBuilder();
        while (!answer.toString().endsWith("ok")) {
            var next = socket.getInputStream().read();
            assertThat(next).as(answer.toString()).isNotNegative();
            answer.append((char) next);
        }
    }

    private boolean accepts() {
        try (var _ = connect()) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void givesUpOnAReaderThatDoesNotMove() throws Exception {
        try (var socket = ask(LIST, "application/json")) {
            socket.getInputStream().readNBytes(1_000);
            var began = System.nanoTime();

            server.close();

            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(SILENCE.dividedBy(2), Duration.ofSeconds(10));
        }
    }

    /// A client over HTTP/1.1 that has little room for what it has not read.
    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), portal.getPort()));
        return socket;
    }

    private Socket ask(String target, String form) throws IOException {
        var socket = connect();
        send(socket, target, form);
        return socket;
    }

    private void send(Socket socket, String target, String form) throws IOException {
        var head =
                List.of(
                        "GET %s HTTP/1.1".formatted(target),
                        "Host: " + portal.getAuthority(),
                        "Authorization: Bearer " + server.credentials.token(),
                        "Accept: " + form);
        socket.getOutputStream()
                .write(
                        (String.join("\r\n", head) + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
