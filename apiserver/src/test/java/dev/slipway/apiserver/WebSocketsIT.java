package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Watches by WebSocket, over real sockets, with the client that comes with Java.
class WebSocketsIT {
    private static final String PATH = "/api/v1/namespaces/default/configmaps";
    private static final String WATCH = PATH + "?watch=true";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder;
    private TestServer server;
    private HttpClient http;

    @BeforeEach
    void start() {
        server = new TestServer(folder);
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        server.close();
    }

    /// What a client hears.
    private static final class Ear implements WebSocket.Listener {
        final BlockingQueue<Map<String, Object>> events = new LinkedBlockingQueue<>();
        final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                events.add(Json.readObject(text.toString().getBytes(StandardCharsets.UTF_8)));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            pongs.add(StandardCharsets.UTF_8.decode(message).toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }

        Map<String, Object> next() throws InterruptedException {
            var event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return event == null ? Map.of() : event;
        }

        int closed() throws Exception {
            return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private URI uri(String path) {
        return URI.create("ws" + server.portal().toString().substring("http".length()))
                .resolve(path);
    }

    private WebSocket open(String path, Ear ear) {
        return http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + server.credentials.token())
                .buildAsync(uri(path), ear)
                .join();
    }

    private void write(String name, String value) {
        server.world.apply(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, namespace: default}
                data: {value: "%s"}
                """
                        .formatted(name, value));
    }

    @Test
    void sendsOneTextForEachEvent() throws Exception {
        write("one", "x");
        var ear = new Ear();
        var socket = open(WATCH + "&fieldSelector=metadata.name%3Done", ear);
        write("one", "y".repeat(300_000));

        assertThat(ear.next()).containsEntry("type", "ADDED");
        var event = ear.next();
        assertThat(event).containsEntry("type", "MODIFIED");
        assertThat(String.valueOf(Json.at(event, "object", "data", "value"))).hasSize(300_000);
        socket.abort();
    }

    @Test
    void closesNormallyWhenTheTimeIsUp() throws Exception {
        var ear = new Ear();
        open(WATCH + "&timeoutSeconds=1", ear);

        assertThat(ear.closed()).isEqualTo(WebSocket.NORMAL_CLOSURE);
    }

    @Test
    void saysThatItGoesWhenItStops() throws Exception {
        var ear = new Ear();
        open(WATCH, ear);

        server.close();

        assertThat(ear.closed()).isEqualTo(1001);
    }

    @Test
    void endsTheWatchOfAClientThatSaysGoodbye() throws Exception {
        var before = server.world.store().watches();
        var ear = new Ear();
        var socket = open(WATCH, ear);
        server.world.eventually("the watch is open", () -> server.world.store().watches() > before);

        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();

        assertThat(ear.closed()).isEqualTo(WebSocket.NORMAL_CLOSURE);
        server.world.eventually(
                "the watch is closed", () -> server.world.store().watches() == before);
    }

    @Test
    void endsTheWatchOfAClientThatHasGone() {
        var before = server.world.store().watches();
        var socket = open(WATCH, new Ear());
        server.world.eventually("the watch is open", () -> server.world.store().watches() > before);

        socket.abort();

        server.world.eventually(
                "the watch is closed", () -> server.world.store().watches() == before);
    }

    @Test
    void answersPingsAndPassesOverTexts() throws Exception {
        var ear = new Ear();
        var socket = open(WATCH, ear);

        socket.sendText("hello ".repeat(100_000), true).join();
        socket.sendPing(ByteBuffer.wrap("still there?".getBytes(StandardCharsets.UTF_8))).join();

        assertThat(ear.pongs.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo("still there?");
        write("later", "x");
        assertThat(ear.next()).containsEntry("type", "ADDED");
        socket.abort();
    }

    @Test
    void takesATokenThatCameAsAProtocol() throws Exception {
        var token =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                server.credentials.token().getBytes(StandardCharsets.UTF_8));
        var ear = new Ear();
        var socket =
                http.newWebSocketBuilder()
                        .subprotocols(
                                "base64url.bearer.authorization.k8s.io." + token, "watch.example")
                        .buildAsync(uri(WATCH), ear)
                        .join();

        assertThat(socket.getSubprotocol()).isEqualTo("watch.example");
        write("one", "x");
        assertThat(ear.next()).containsEntry("type", "ADDED");
        socket.abort();
    }

    @Test
    void refusesWhoIsNotKnown() {
        var opening =
                http.newWebSocketBuilder()
                        .header("Authorization", "Bearer nobody")
                        .buildAsync(uri(WATCH), new Ear());

        assertThatThrownBy(opening::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
    }

    @Test
    void refusesWhatIsNoWatchWithItsUsualAnswer() {
        var opening =
                http.newWebSocketBuilder()
                        .header("Authorization", "Bearer " + server.credentials.token())
                        .buildAsync(uri("/api/v1/nothing?watch=true"), new Ear());

        assertThatThrownBy(opening::join)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(404));
    }

    @Test
    void keepsPagesOfOthersFromWatchingByCookie() throws IOException, InterruptedException {
        var cookie = cookie();

        assertThat(opened(cookie, "http://evil.example")).isEqualTo(403);
        assertThat(opened(cookie, "http://" + server.portal().getAuthority())).isEqualTo(101);
    }

    private String cookie() {
        var cookie = server.sessions.begin(dev.slipway.apiserver.access.Identities.ADMIN, false);
        return cookie.substring(0, cookie.indexOf(';'));
    }

    /// The status of the answer to a browser that opens a WebSocket.
    private int opened(String cookie, String origin) throws IOException {
        try (var socket =
                new java.net.Socket(
                        java.net.InetAddress.getLoopbackAddress(), server.portal().getPort())) {
            var head =
                    """
                    GET %s HTTP/1.1\r
                    Host: %s\r
                    Connection: Upgrade\r
                    Upgrade: websocket\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    Cookie: %s\r
                    Origin: %s\r
                    \r
                    """
                            .formatted(WATCH, server.portal().getAuthority(), cookie, origin);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            var begin =
                    new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(begin.substring(9));
        }
    }
}
