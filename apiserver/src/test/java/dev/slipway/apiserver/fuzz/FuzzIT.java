package dev.slipway.apiserver.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The fuzzer itself, for `SLIPWAY_FUZZ` minutes and each target; without it, nothing is run.
///
/// What it finds lies under `target/fuzz`, and goes on from there the next time. A crash is a file whose bytes belong into
/// `src/test/resources/fuzz`, where `FuzzTest` runs it for ever.
class FuzzIT {
    private static final Path FOLDER = Path.of("target", "fuzz");
    private static final Path KEPT = Path.of("src", "test", "resources", "fuzz");
    private static final int LONGEST = 1_500;
    private static final Duration HANGS = Duration.ofSeconds(30);

    @TestFactory
    Stream<DynamicTest> findsNothing() {
        return minutes().stream()
                .flatMap(minutes ->
                        targets()
                                .map(target ->
                                        DynamicTest.dynamicTest(
                                                target.folder(), () -> run(target, minutes))));
    }

    private static Optional<Duration> minutes() {
        return Optional.ofNullable(System.getenv("SLIPWAY_FUZZ"))
                .filter(text -> !text.isBlank())
                .map(Integer::parseInt)
                .map(Duration::ofMinutes);
    }

    /// All of them, or those of `-Dfuzz.targets=rules,laws`.
    private static Stream<Target> targets() {
        var chosen = System.getProperty("fuzz.targets", "");
        return chosen.isEmpty()
                ? Arrays.stream(Target.values())
                : Arrays.stream(chosen.split(",")).map(Target::of);
    }

    private static void run(Target target, Duration time) throws IOException, InterruptedException {
        var folder = Files.createDirectories(FOLDER.resolve(target.folder()));
        var corpus = Files.createDirectories(folder.resolve("corpus"));
        var log = folder.resolve("log.txt");
        var process =
                new ProcessBuilder(command(target, time, corpus.toAbsolutePath()))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(time.plusMinutes(5).toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as("see %s", log.toAbsolutePath()).isZero();
    }

    private static List<String> command(Target target, Duration time, Path corpus) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzzing.class.getName(),
                "--target_args=" + target.folder(),
                "--instrumentation_includes=dev.slipway.**",
                "-max_total_time=" + time.toSeconds(),
                "-max_len=" + LONGEST,
                "-timeout=" + HANGS.toSeconds(),
                "-rss_limit_mb=3000",
                corpus.toString(),
                KEPT.resolve(target.folder()).toAbsolutePath().toString());
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElseThrow();
    }
}
