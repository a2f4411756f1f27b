package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script of an installation, with a Java that does nothing but end, each time with the next of some codes.
class ScriptTest {
    private static final Path SCRIPT = Path.of("../slipway");

    @TempDir private Path folder;

    private record Ended(int code, String output) {}

    @BeforeEach
    void install() throws IOException {
        Files.createDirectory(folder.resolve("lib"));
        Files.copy(SCRIPT, folder.resolve("slipway"));
        var bin = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        Files.writeString(
                bin.resolve("java"),
                """
                #!/bin/sh
                echo "$@" >>'%1$s/starts'
                count=$(wc -l <'%1$s/starts')
                exit "$(sed -n "$((count))p" '%1$s/codes')"
                """
                        .formatted(folder));
        Files.setPosixFilePermissions(
                bin.resolve("java"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void startsAgainWhatRanOutOfMemory() throws Exception {
        var ended = serve("3", "3", "0");

        assertThat(ended.code()).isZero();
        assertThat(ended.output().lines())
                .hasSize(2)
                .containsOnly(
                        "slipway: out of memory; starting again. Nothing acknowledged is lost.");
        assertThat(starts()).hasSize(3);
    }

    @Test
    void givesUpWhatRunsOutOfMemoryAtEachStart() throws Exception {
        var ended = serve("3", "3", "3", "0");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.output().lines().toList().getLast())
                .isEqualTo(
                        "slipway: out of memory 3 times in a row soon after a start. Nothing acknowledged is lost; give it more, for example SLIPWAY_HEAP=2g (now 1g)");
        assertThat(starts()).hasSize(3);
    }

    @Test
    void endsAsTheServerDoes() throws Exception {
        assertThat(serve("1", "0").code()).isEqualTo(1);
        assertThat(starts()).hasSize(1);
    }

    @Test
    void namesTheLibraryBesideTheStartCacheThatFits() throws Exception {
        Files.copy(folder.resolve("jdk/release"), folder.resolve("slipway.aot.for"));
        Files.writeString(folder.resolve("slipway.aot"), "noted");
        serve("0");
        Files.writeString(folder.resolve("slipway.aot.so"), "native");
        serve("0", "0");

        var home = folder.toRealPath();
        assertThat(starts().getFirst())
                .contains("-XX:AOTCache=" + home.resolve("slipway.aot"))
                .doesNotContain("org.sqlite");
        assertThat(starts().getLast())
                .contains(
                        "-Dorg.sqlite.lib.path=%s -Dorg.sqlite.lib.name=slipway.aot.so"
                                .formatted(home));
    }

    private Ended serve(String... codes) throws IOException, InterruptedException {
        Files.write(folder.resolve("codes"), List.of(codes));
        var output = folder.resolve("output");
        var builder =
                new ProcessBuilder("sh", folder.resolve("slipway").toString(), "serve")
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SLIPWAY_"));
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        var script = builder.start();
        assertThat(script.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Ended(script.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    /// What Java was told, each time that it was started.
    private List<String> starts() throws IOException {
        return Files.readAllLines(folder.resolve("starts"));
    }
}
