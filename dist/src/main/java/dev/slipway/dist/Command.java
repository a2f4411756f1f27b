package dev.slipway.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that is run to its end.
final class Command {
    /// How long one may take.
    static final Duration LIMIT = Duration.ofMinutes(5);

    private Command() {}

    /// What it printed; throws [CannotPackException] with it where the program did not succeed.
    static String run(List<String> words, Map<String, String> environment) throws IOException {
        var output = Files.createTempFile("slipway-dist-", ".log");
        try {
            var builder =
                    new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            var code = end(builder.start());
            var said = Files.readString(output, StandardCharsets.UTF_8);
            if (code != 0) {
                throw new CannotPackException(
                        "%s failed with code %d: %s"
                                .formatted(words.getFirst(), code, said.strip()));
            }
            return said;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static int end(Process process) {
        try {
            if (process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new CannotPackException("a program did not end within " + LIMIT);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new CannotPackException("interrupted", e);
        }
    }
}
