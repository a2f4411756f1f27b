package dev.slipway.app;

import dev.slipway.cli.Cli;
import dev.slipway.cli.Environment;
import dev.slipway.client.HttpApiClient;
import dev.slipway.client.Kubeconfig;
import dev.slipway.testbed.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/// The product as a process of its own, in a folder of its own, on ports that were free.
final class Server implements AutoCloseable {
    /// How long a start, a stop and what [#eventually] waits for may take.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SIGN_IN = Pattern.compile("(http://\\S+)/login#(\\S+)");

    private static final String[] SERVE = {
        "serve", "--empty", "--portal", "127.0.0.1:0", "--api", "127.0.0.1:0"
    };

    private final Process process;
    private final Path data;
    private final Path output;
    private int disarmed;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Server(Process process, Path data, Path output) {
        this.process = process;
        this.data = data;
        this.output = output;
    }

    /// A process that came to its end.
    record Ended(int code, String output) {}

    /// What a verb printed.
    record Said(int code, String out, String err) {}

    /// Starts on free ports and waits until it is ready.
    static Server start(Path data) {
        return launch(List.of(), data, SERVE).ready();
    }

    /// Starts it as `up` does, without the examples.
    static Server up(Path data) {
        var words = SERVE.clone();
        words[0] = "up";
        return launch(List.of(), data, words).ready();
    }

    /// The same by a command that becomes it, with more options.
    static Server start(List<String> by, Path data, String... options) {
        var words = new ArrayList<>(List.of(SERVE));
        words.addAll(List.of(options));
        return launch(by, data, words.toArray(String[]::new)).ready();
    }

    /// The same on a disk of its own that holds so much, and goes with the process; data lies at another path outside.
    static Server startOnDisk(Path data, int megabytes) {
        var mount = "mount -t tmpfs -o size=%dm none \"$0\" && exec \"$@\"".formatted(megabytes);
        var command = List.of("unshare", "-rm", "sh", "-c", mount, data.toString());
        var server = launch(command, data, SERVE).ready();
        var outside = Path.of("/proc/%d/root%s".formatted(server.process.pid(), data));
        return new Server(server.process, outside, server.output);
    }

    /// The same on a disk whose n-th call of a kind fails during the start; it may end instead of being ready.
    ///
    /// @param at 0 for none; later [#arm] plants one
    static Server startOnFaultyDisk(Path data, Fault fault, int at) {
        var java = List.of("-Dfault=" + fault, "-Dfault.at=" + at, "dev.slipway.app.FaultyMain");
        var server = launch(List.of(), java, data, SERVE);
        server.eventually("it is ready or has ended", () -> !server.runs() || server.isReady());
        return server;
    }

    /// From now on the n-th call of a kind fails.
    void arm(Fault fault, int at) {
        say(fault + " " + at, "armed %s %d\n".formatted(fault, at));
    }

    /// From now on nothing fails; whether something has.
    boolean disarm() {
        disarmed++;
        say("", "disarmed %d ".formatted(disarmed));
        return output().contains("disarmed %d true".formatted(disarmed));
    }

    private void say(String line, String answer) {
        try {
            var in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        eventually(answer, () -> output().contains(answer));
    }

    boolean isReady() {
        return output().contains("Data ");
    }

    private Server ready() {
        eventually("the server is ready", () -> !runs() || isReady());
        if (!process.isAlive()) {
            throw new AssertionError("the server ended: " + output());
        }
        return this;
    }

    /// Runs until it ends by itself.
    static Ended run(Path data, String... words) {
        return run(List.of(), data, words);
    }

    /// The same by a command that becomes it.
    static Ended run(List<String> by, Path data, String... words) {
        try (var server = launch(by, data, words)) {
            return new Ended(server.end(), server.output());
        }
    }

    private static Server launch(List<String> by, Path data, String... words) {
        return launch(by, List.of("dev.slipway.app.Main"), data, words);
    }

    /// @param java further options, and the class that is run
    private static Server launch(List<String> by, List<String> java, Path data, String... words) {
        try {
            var output = Files.createTempFile("slipway-", ".log");
            var command = new ArrayList<>(by);
            command.addAll(
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-Dslipway.home=" + ROOT,
                            "-cp",
                            System.getProperty("java.class.path")));
            command.addAll(java);
            command.addAll(List.of(words));
            command.addAll(List.of("--data", data.toString()));
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            return new Server(process, data, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- its doors

    Path data() {
        return data;
    }

    URI portal() {
        return URI.create(signIn().group(1));
    }

    /// The code of the address that it printed.
    String code() {
        return signIn().group(2);
    }

    URI api() {
        return Kubeconfig.read(data.resolve("kubeconfig")).server();
    }

    String token() {
        try {
            return Files.readString(data.resolve("token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The API as kubectl reaches it, by the kubeconfig.
    HttpApiClient client() {
        return new HttpApiClient(Kubeconfig.read(data.resolve("kubeconfig")));
    }

    /// A verb of the command line.
    Said cli(String... words) {
        return cliWith("", words);
    }

    /// A verb of the command line with something on its standard input.
    Said cliWith(String in, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var environment =
                new Environment(
                        Map.of("KUBECONFIG", data.resolve("kubeconfig").toString()),
                        ROOT,
                        ROOT,
                        "test",
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        file -> new HttpApiClient(Kubeconfig.read(file)),
                        Thread::sleep);
        var code = Cli.run(List.of(words), environment);
        return new Said(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// A request to the portal's port, as it stands.
    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// A request to a path of the portal's port.
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(portal().resolve(path));
    }

    /// A page, as the holder of the token sees it.
    HttpResponse<String> page(String path) {
        return send(
                request(path)
                        .header("Authorization", "Bearer " + token())
                        .header("Accept", "text/html"));
    }

    // ---- its life

    boolean runs() {
        return process.isAlive();
    }

    /// Ends it as an operator does; returns the exit code.
    int stop() {
        process.destroy();
        return end();
    }

    /// Ends it as a crash does.
    void kill() {
        process.destroyForcibly();
        end();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void eventually(String what, BooleanSupplier holds) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE + ": " + what + "\n" + output());
            }
            pause();
        }
    }

    @Override
    public void close() {
        http.close();
        kill();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int end() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it does not end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private java.util.regex.Matcher signIn() {
        var matcher = SIGN_IN.matcher(output());
        if (!matcher.find()) {
            throw new AssertionError("no address in: " + output());
        }
        return matcher;
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
