package dev.slipway.bench.server;

import dev.slipway.bench.http.Access;
import dev.slipway.client.Kubeconfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server that the bench started, in a folder of the bench, on ports that were free. It ends with the bench. Used by
/// one thread.
public final class OwnServer implements AutoCloseable {
    /// How long a start and a stop may take.
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int LAST_LINES = 5;
    private static final Duration PROBE = Duration.ofMillis(3);

    /// Where a server listens; the same after a restart, so that its clients find it again.
    public record Ports(int portal, int api) {
        /// Two that are free now.
        public static Ports free() throws IOException {
            try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return new Ports(one.getLocalPort(), other.getLocalPort());
            }
        }
    }

    private final Process process;
    private final Path data;
    private final Path log;
    private final Ports ports;
    private final Duration start;

    private OwnServer(Process process, Path data, Path log, Ports ports, Duration start) {
        this.process = process;
        this.data = data;
        this.log = log;
        this.ports = ports;
        this.start = start;
    }

    /// Starts a server on what lies in a folder and waits until it says that it is ready.
    public static OwnServer start(Launch launch, Path data, Ports ports) throws IOException {
        Files.createDirectories(data);
        var log = data.resolveSibling(data.getFileName() + ".log");
        var builder = new ProcessBuilder(command(launch, data, ports)).redirectErrorStream(true);
        var began = System.nanoTime();
        var process =
                builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        try {
            awaitReady(process, data.resolve("kubeconfig"), log, ports, began);
        } catch (RuntimeException | IOException e) {
            process.destroyForcibly();
            throw e;
        }
        return new OwnServer(
                process, data, log, ports, Duration.ofNanos(System.nanoTime() - began));
    }

    /// How long it took from its launch until it was ready.
    public Duration startTook() {
        return start;
    }

    public Ports ports() {
        return ports;
    }

    public Usage usage() {
        return Usage.of(process.toHandle());
    }

    /// The API, as the administrator.
    public Access api() {
        return Access.of(Kubeconfig.read(data.resolve("kubeconfig")));
    }

    /// The portal, as the administrator.
    public Access portal() throws IOException {
        var token = Files.readString(data.resolve("token")).strip();
        return Access.plain(URI.create("http://127.0.0.1:" + ports.portal()), token);
    }

    /// Whether it still runs.
    public boolean isAlive() {
        return process.isAlive();
    }

    /// The last lines that it printed.
    public String lastWords() {
        return lastWords(log);
    }

    /// Stops it as an operator does; what it keeps stays.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Launch launch, Path data, Ports ports) {
        var command = new ArrayList<String>(launch.command());
        command.add(1, "-Dslipway.parent=" + ProcessHandle.current().pid());
        command.addAll(List.of("serve", "--empty", "--data", data.toString()));
        command.addAll(List.of("--portal", "127.0.0.1:" + ports.portal()));
        command.addAll(List.of("--api", "127.0.0.1:" + ports.api()));
        command.addAll(launch.storeOptions(lastOf(data, 2)));
        return command;
    }

    /// The last names of a path: the folder of the bench and that of the server.
    private static String lastOf(Path path, int names) {
        return path.subpath(Math.max(0, path.getNameCount() - names), path.getNameCount())
                .toString();
    }

    /// Waits for the answer of the door, and for the file that says how to be known there.
    private static void awaitReady(
            Process process, Path kubeconfig, Path log, Ports ports, long began)
            throws IOException {
        while (!isReady(ports.portal()) || !Files.exists(kubeconfig)) {
            if (!process.isAlive()) {
                throw new CannotStartException("the server ended: " + lastWords(log));
            }
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new CannotStartException(
                        "the server is not ready after %d s: %s"
                                .formatted(PATIENCE.toSeconds(), lastWords(log)));
            }
            pause();
        }
    }

    private static boolean isReady(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(10_000);
            var request =
                    "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"
                            .formatted(port);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var head = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            return new String(head, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    private static String lastWords(Path log) {
        try {
            var lines = Files.readAllLines(log);
            return String.join(
                    " / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "it left no log: " + e.getMessage();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PROBE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
