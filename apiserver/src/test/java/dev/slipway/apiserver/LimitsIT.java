package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apiserver.http.Limits;
import dev.slipway.apiserver.http.WebServer.Patience;
import dev.slipway.client.web.WebResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of those who take more than there is for them, over real sockets, and of those beside them.
class LimitsIT {
    private static final Duration ARRIVAL = Duration.ofMillis(700);
    private static final Duration HEAD = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final int BODY_BYTES = 1000;

    private static final Limits LIMITS = limits(ARRIVAL, SILENCE);

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String WATCH = MAPS + "?watch=true";

    /// Together more than what lies between a server and a client that does not read.
    private static final int WIDE_OBJECTS = 12;

    @TempDir private Path folder;
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch answers = new CountDownLatch(1);
    private final List<Socket> sockets = new ArrayList<>();
    private TestServer server;
    private String greedy;
    private String modest;
    private String observer;

    private static Limits limits(Duration arrival, Duration silence) {
        return new Limits(8, 3, 2, 2, 4, 2, 2 * BODY_BYTES, BODY_BYTES, HEAD, arrival, silence);
    }

    @BeforeEach
    void start() {
        start(LIMITS);
    }

    private void start(Limits limits) {
        server =
                new TestServer(folder, _ -> late(), Clock.systemUTC(), limits, Patience.defaults());
        greedy = "Authorization: Bearer " + server.credentials.token();
        // Another user, who may read nothing but what everybody may.
        modest = greedy + "\r\nImpersonate-User: modest";
        observer = greedy + "\r\nImpersonate-User: o\r\nImpersonate-Group: system:masters";
    }

    @AfterEach
    void stop() throws IOException {
        answers.countDown();
        for (var socket : sockets) {
            socket.close();
        }
        server.close();
    }

    /// A page that takes its time.
    private WebResponse late() {
        asked.incrementAndGet();
        try {
            answers.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return WebResponse.text(500, "text/plain", "interrupted");
        }
        return WebResponse.text(200, "text/plain", "late");
    }

    @Test
    void asksWhoHasManyRequestsToComeAgainAndNobodyElse() throws Exception {
        for (int i = 0; i < LIMITS.requestsOfOne(); i++) {
            ask("GET /page", greedy, "");
        }
        server.world.eventually("all have come", () -> active() == LIMITS.requestsOfOne() + 1);

        assertThat(answer(ask("GET /version", greedy, "")))
                .startsWith("HTTP/1.1 429")
                .contains("Retry-After: 1");
        assertThat(status("GET /version", modest)).isEqualTo(200);
        assertThat(status("GET /readyz", "")).isEqualTo(200);
    }

    @Test
    void asksWhoHasManyWatchesToComeAgainAndNobodyElse() throws Exception {
        for (int i = 0; i < LIMITS.streamsOfOne(); i++) {
            assertThat(head(ask("GET " + WATCH, greedy, ""))).startsWith("HTTP/1.1 200");
        }

        assertThat(answer(ask("GET " + WATCH, greedy, "")))
                .startsWith("HTTP/1.1 429")
                .contains("Retry-After: 1");
        assertThat(status("GET /version", greedy)).isEqualTo(200);
        letRead("modest");
        assertThat(head(ask("GET " + WATCH, modest, ""))).startsWith("HTTP/1.1 200");
    }

    @Test
    void givesThePlaceOfAWatchThatEndedToTheNext() throws Exception {
        var watches = new ArrayList<Socket>();
        for (int i = 0; i < LIMITS.streamsOfOne(); i++) {
            watches.add(ask("GET " + WATCH, greedy, ""));
            assertThat(head(watches.getLast())).startsWith("HTTP/1.1 200");
        }
        watches.getFirst().close();

        server.world.eventually("there is room", () -> status("GET " + WATCH, greedy) == 200);
    }

    @Test
    void givesUpOnABodyThatDoesNotCome() throws Exception {
        var stuck = ask("POST " + MAPS, greedy + length(BODY_BYTES), "{");

        assertThat(answer(stuck))
                .startsWith("HTTP/1.1 408")
                .contains("Connection: close", "did not come within");
        server.world.eventually("its place is free", () -> active() == 1);
    }

    @Test
    void givesUpOnABodyThatTrickles() throws Exception {
        var slow = ask("POST " + MAPS, greedy + length(BODY_BYTES), "{");
        slow.setSoTimeout(20);
        var answer = "";
        while (answer.isEmpty()) {
            answer = trickle(slow);
        }

        assertThat(answer).startsWith("HTTP/1.1 408");
    }

    @Test
    void givesUpOnHeadsAndHandshakesThatTrickle() throws Exception {
        var head = open(server.portal().getPort(), "GET /version HTTP/1.1\r\nHost: a\r\n");
        var handshake = open(server.api().getPort(), "\u0016\u0003\u0001\u0002\u0000");
        var patient = open(server.portal().getPort(), request());
        assertThat(answer(patient)).startsWith("HTTP/1.1 200");

        server.world.eventually("the head is given up", () -> isGivenUp(head));
        server.world.eventually("the handshake is given up", () -> isGivenUp(handshake));

        // Whoever has been answered and says nothing may come again.
        server.close();
        start(limits(ARRIVAL, Duration.ofMinutes(1)));
        var idle = open(server.portal().getPort(), request());
        assertThat(answer(idle)).startsWith("HTTP/1.1 200");
        Thread.sleep(HEAD.plus(HEAD.dividedBy(2)));
        write(idle, request());
        assertThat(answer(idle)).startsWith("HTTP/1.1 200");
    }

    private String request() {
        return "GET /readyz HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(server.portal().getAuthority());
    }

    /// Sends one more letter, and looks whether the other side has ended the connection.
    private static boolean isGivenUp(Socket socket) {
        try {
            socket.setSoTimeout(20);
            write(socket, "x");
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private Socket open(int port, String first) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        write(socket, first);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void keepsRoomForBodiesOfOthers() throws Exception {
        // So patient that it waits for the greedy one's body all the time.
        server.close();
        start(limits(Duration.ofMinutes(1), Duration.ofMinutes(1)));
        // Has all that one user may have, and leaves as much.
        ask("POST " + MAPS, greedy + length(BODY_BYTES), "{");
        server.world.eventually("it is being read", () -> active() == 2);

        var body = "{\"metadata\":{\"name\":\"a\"}}";

        assertThat(answer(ask("POST " + MAPS, modest + length(body.length()), body)))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void letsStrangersKeepNobodyOut() throws Exception {
        for (int i = 0; i < LIMITS.requests() * 2; i++) {
            ask("POST " + MAPS, length(BODY_BYTES).strip(), "{");
        }

        assertThat(status("GET /version", greedy)).isEqualTo(200);
    }

    @Test
    void refusesAHeadThatIsTooLarge() throws Exception {
        assertThat(status("GET /version", greedy + "\r\nX-Long: " + "x".repeat(40_000)))
                .isEqualTo(431);
    }

    @Test
    void givesUpOnAWatcherThatDoesNotRead() throws Exception {
        var before = server.world.store().watches();
        var silent = ask("GET " + WATCH, greedy, "");
        server.world.eventually("the watch is open", () -> server.world.store().watches() > before);
        for (int i = 0; i < WIDE_OBJECTS; i++) {
            server.world.apply(
                    """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: wide-%d, namespace: default}
                    data: {text: "%s"}
                    """
                            .formatted(i, "x".repeat(800_000)));
        }

        server.world.eventually(
                "the watch is given up", () -> server.world.store().watches() == before);
        assertThat(silent.isClosed()).isFalse();
    }

    @Test
    void keepsAWatchThatHasNothingToSay() throws Exception {
        var watch = ask("GET " + WATCH, greedy, "");
        assertThat(head(watch)).startsWith("HTTP/1.1 200");
        Thread.sleep(SILENCE.multipliedBy(2).toMillis());
        server.world.apply(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: later, namespace: default}
                """);

        assertThat(until(watch, "later\"")).contains("\"type\":\"ADDED\"");
    }

    private void letRead(String user) {
        server.world.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: readers}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %s}]
                """
                        .formatted(user));
    }

    /// Sends one more byte; what the server says to that, or nothing.
    private static String trickle(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(' ');
            return answer(socket);
        } catch (SocketTimeoutException e) {
            return "";
        }
    }

    private static String length(int bytes) {
        return "\r\nContent-Type: application/json\r\nContent-Length: " + bytes;
    }

    /// How many requests are being answered, this one among them.
    private long active() {
        var metrics = metrics();
        var name = "\nslipway_http_requests_active ";
        var at = metrics.indexOf(name) + name.length();
        return Long.parseLong(metrics.substring(at, metrics.indexOf('\n', at)).strip());
    }

    private String metrics() {
        try (var socket = ask("GET /metrics", observer, "")) {
            return answer(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The status of a request that is sent on a connection of its own.
    private int status(String line, String headers) {
        try (var socket = ask(line, headers, "")) {
            return Integer.parseInt(head(socket).substring(9, 12));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket ask(String line, String headers, String body) throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.portal().getPort()));
        socket.setSoTimeout(30_000);
        var head =
                "%s HTTP/1.1\r\nHost: %s\r\n%s"
                        .formatted(
                                line,
                                server.portal().getAuthority(),
                                headers.isEmpty() ? "" : headers + "\r\n");
        socket.getOutputStream().write((head + "\r\n" + body).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /// An answer whose length is told, with its head.
    private static String answer(Socket socket) throws IOException {
        var head = head(socket);
        var length =
                head.lines()
                        .filter(line -> line.startsWith("Content-Length: "))
                        .mapToInt(line -> Integer.parseInt(line.substring(16)))
                        .findFirst()
                        .orElse(0);
        return head
                + new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String head(Socket socket) throws IOException {
        return until(socket, "\r\n\r\n");
    }

    private static String until(Socket socket, String end) throws IOException {
        var text = new StringBuilder();
        while (text.length() < end.length()
                || !text.substring(text.length() - end.length()).equals(end)) {
            var next = socket.getInputStream().read();
            assertThat(next).as("the end of " + text).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }
}
