package dev.slipway.testbed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server of the tests: in a temporary folder, on a free port of loopback, with one superuser.
///
/// It ends with this process, however that ends: a shell beside it waits for the end of its input.
public final class Postgres implements AutoCloseable {
    public static final String USER = "tester";
    public static final String PASSWORD = "only for tests";
    public static final String DATABASE = "postgres";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READY = "database system is ready to accept connections";

    /// Runs the server until the input ends, and then kills it as a crash would.
    private static final String GUARD =
            "\"$@\" & server=$!; cat >/dev/null; kill -QUIT $server 2>/dev/null; wait $server";

    private static @Nullable Postgres shared;

    private final Path folder;
    private final int port;
    private @Nullable Process guard;

    private Postgres(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /// The one that all tests of this process may use; not to be killed.
    public static synchronized Postgres shared() {
        var known = shared;
        if (known == null) {
            known = create();
            shared = known;
            Runtime.getRuntime().addShutdownHook(new Thread(known::close));
        }
        return known;
    }

    /// A new one, running.
    public static Postgres create() {
        try {
            var folder = Files.createTempDirectory("slipway-postgres-");
            var server = new Postgres(folder, freePort());
            server.make();
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /// The address of a schema, as `--store` takes it.
    public String address(String schema) {
        return address(port, schema);
    }

    /// The same by another port, behind which something leads here.
    public static String address(int port, String schema) {
        return "postgresql://%s@127.0.0.1:%d/%s?currentSchema=%s"
                .formatted(USER, port, DATABASE, schema);
    }

    /// For the driver.
    public String jdbc() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE);
    }

    /// Starts it again after [#kill()].
    public void start() {
        try {
            Files.deleteIfExists(log());
            var command = new ArrayList<>(Programs.command("/bin/sh", "-c", GUARD, "guard"));
            command.addAll(server());
            guard =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log().toFile())
                            .directory(new File("/"))
                            .start();
            awaitReady(guard);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it as a crash would.
    public void kill() {
        var running = guard;
        if (running == null) {
            return;
        }
        try {
            running.getOutputStream().close();
            if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("PostgreSQL does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        guard = null;
    }

    /// Kills it and takes its folder away.
    @Override
    public void close() {
        kill();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> server() {
        return List.of(
                Programs.folder().orElseThrow().resolve("postgres").toString(),
                "-D",
                data().toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=" + folder,
                "-c",
                "max_connections=200",
                "-c",
                "log_line_prefix=%m [%p] ");
    }

    private void make() throws IOException {
        var password = Files.writeString(folder.resolve("password"), PASSWORD);
        if (Programs.root()) {
            var user = user();
            Files.setOwner(folder, user);
            Files.setOwner(password, user);
        }
        var made =
                new ProcessBuilder(
                                Programs.command(
                                        "initdb",
                                        "-D",
                                        data().toString(),
                                        "-U",
                                        USER,
                                        "--auth=scram-sha-256",
                                        "--pwfile=" + password,
                                        "--encoding=UTF8",
                                        "--locale=C",
                                        "--no-sync"))
                        .directory(new File("/"))
                        .redirectErrorStream(true)
                        .redirectOutput(log().toFile())
                        .start();
        await(made);
        if (made.exitValue() != 0) {
            throw new IllegalStateException("initdb failed: " + Files.readString(log()));
        }
    }

    private UserPrincipal user() throws IOException {
        return folder.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(Programs.user());
    }

    private void awaitReady(Process process) throws IOException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log()).contains(READY)) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IllegalStateException(
                        "PostgreSQL does not start: " + Files.readString(log()));
            }
            pause();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("log");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(Process process) {
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
