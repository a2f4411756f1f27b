package dev.slipway.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The load client against a server that says word for word what a test wants.
class ConnectionTest {
    private final Deque<String> answers = new ArrayDeque<>();
    private ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void readsAnswersOfKnownLengthAndInChunksOverOneConnection() throws IOException {
        answers.add("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        answers.add(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
        answers.add("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var access = access();

        try (var connection = access.connect()) {
            assertThat(connection.send(access.get("/a"))).isEqualTo(5);
            assertThat(connection.body()).asString().isEqualTo("hello");
            assertThat(connection.send(access.get("/b"))).isEqualTo(5);
            assertThat(connection.body()).asString().isEqualTo("abcde");
            assertThat(connection.send(access.get("/c"))).isZero();
        }
        assertThat(connections).hasValue(1);
    }

    @Test
    void connectsAgainWhereTheServerGaveTheConnectionUp() throws IOException {
        answers.add("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\na");
        answers.add("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb");
        var access = access();

        try (var connection = access.connect()) {
            connection.send(access.get("/a"));
            connection.send(access.get("/b"));
            assertThat(connection.body()).asString().isEqualTo("b");
        }
        assertThat(connections).hasValue(2);
    }

    @Test
    void saysWhatWasAnsweredInsteadOfWhatWasExpected() throws IOException {
        answers.add("HTTP/1.1 409 Conflict\r\nContent-Length: 10\r\n\r\nit is old.");
        var access = access();

        try (var connection = access.connect()) {
            assertThatThrownBy(() -> connection.send(access.get("/a")))
                    .isInstanceOf(UnexpectedAnswerException.class)
                    .hasMessage("answered 409 where 200 was expected: it is old.");
        }
    }

    @Test
    void readsLinesThatAreSpreadOverChunks() throws IOException {
        answers.add(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n2\r\ntw\r\n4\r\no\nth\r\n4\r\nree\n\r\n0\r\n\r\n");
        var access = access();

        try (var connection = access.connect()) {
            var lines = connection.stream(access.get("/a"));
            for (var expected : List.of("one", "two", "three")) {
                assertThat(lines.next().orElseThrow()).asString().isEqualTo(expected);
            }
            assertThat(lines.next()).isEmpty();
        }
    }

    /// The end of a chunk may come no sooner than the next one; nobody waits for it.
    @Test
    void givesALineBeforeTheEndOfItsChunkHasCome() throws IOException {
        answers.add("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n");
        var access = access();

        try (var connection = access.connect()) {
            var lines = connection.stream(access.get("/a"));
            assertThat(lines.next().orElseThrow()).asString().isEqualTo("one");
        }
    }

    @Test
    void sendsEachRequestOfALoadOnce() throws IOException {
        for (int i = 0; i < 20; i++) {
            answers.add("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }
        var access = access();

        try (var load = Load.open(access, 3)) {
            var run = load.run(Collections.nCopies(20, access.get("/a")));
            assertThat(run.latencies().count()).isEqualTo(20);
        }
        assertThat(answers).isEmpty();
        assertThat(connections).hasValue(3);
    }

    private Access access() {
        return Access.plain(URI.create("http://127.0.0.1:" + server.getLocalPort()), "secret");
    }

    private void serve() {
        try {
            while (true) {
                var socket = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> answer(socket));
            }
        } catch (IOException e) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            var in = socket.getInputStream();
            var head = new StringBuilder();
            for (int one = in.read(); one >= 0; one = in.read()) {
                head.append((char) one);
                if (head.toString().endsWith("\r\n\r\n")) {
                    var text = next().getBytes(StandardCharsets.UTF_8);
                    socket.getOutputStream().write(text);
                    head.setLength(0);
                }
            }
        } catch (IOException e) {
            // The client has gone.
            assertThat(socket.isClosed()).isTrue();
        }
    }

    private String next() {
        synchronized (answers) {
            return answers.remove();
        }
    }
}
