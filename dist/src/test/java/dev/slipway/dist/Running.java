package dev.slipway.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A packed product that runs, as a process of its own.
final class Running implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Pattern SIGN_IN = Pattern.compile("(http://\\S+)/login#");

    private final Process process;
    private final Path output;
    private final HttpClient http = HttpClient.newHttpClient();

    private Running(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /// Starts something and waits until it says that it is ready.
    static Running start(List<String> words, Map<String, String> environment) {
        var running = launch(words, environment);
        running.awaitReady();
        return running;
    }

    /// Runs something to its end.
    static Ended run(List<String> words, Map<String, String> environment) {
        try (var running = launch(words, environment)) {
            return new Ended(running.end(), running.output());
        }
    }

    /// What has come to its end.
    record Ended(int code, String output) {}

    private static Running launch(List<String> words, Map<String, String> environment) {
        try {
            var output = Files.createTempFile("slipway-", ".log");
            var builder =
                    new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            return new Running(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a path of the portal's port answers to the holder of the token.
    String get(String path, String token) {
        var matcher = SIGN_IN.matcher(output());
        if (!matcher.find()) {
            throw new AssertionError("no address in: " + output());
        }
        var request =
                HttpRequest.newBuilder(URI.create(matcher.group(1)).resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .timeout(PATIENCE)
                        .build();
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Ends it as an operator does; returns the exit code.
    int stop() {
        process.destroy();
        return end();
    }

    @Override
    public void close() {
        http.close();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        end();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!output().contains("Data ")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                var said = output();
                close();
                throw new AssertionError("it is not ready: " + said);
            }
            pause();
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

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
