package dev.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.row.Rows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir Path folder;

    @Test
    void namesTheRowsThatThereAreWhereOneIsUnknown() {
        assertThat(bench("--rows", "get,gte")).isEqualTo(Bench.MISUSED);
        assertThat(said())
                .contains("there is no row \"gte\"; there are start, memory-idle,")
                .contains("list-500");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertRefused("unknown option \"--fast\"", "--fast");
        assertRefused("unknown option \"get\"", "get");
        assertRefused("--rows wants a value", "--rows");
        assertRefused("--rows names none", "--rows=");
        assertRefused("-o knows json, not \"yaml\"", "-o", "yaml");
        assertRefused("--heap wants a size such as 512m or 1g, is \"big\"", "--heap=big");
        assertRefused("--data-dir /nowhere is not a folder", "--data-dir", "/nowhere");
        assertRefused("--peer-kubeconfig /nowhere cannot be read", "--peer-kubeconfig", "/nowhere");
        assertRefused("leave currentSchema out", "--store=postgresql://db/x?currentSchema=a");
        assertRefused("--peer-pid goes with --peer-kubeconfig", "--peer-pid", "1");
    }

    @Test
    void saysWhyTheServerDidNotStartAndLeavesNothing() throws IOException {
        var script =
                Files.writeString(
                        folder.resolve("says"), "#!/bin/sh\necho out of order >&2; exit 1\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        var disk = Files.createDirectory(folder.resolve("disk"));

        var code =
                Bench.run(
                        List.of("--rows", "start,get", "--data-dir", disk.toString()),
                        List.of(script.toString()),
                        printing(out),
                        printing(err));

        assertThat(code).isEqualTo(Bench.FAILED);
        assertThat(said()).contains("the server ended:").contains("out of order");
        assertThat(disk).isEmptyDirectory();
    }

    @Test
    void tellsEveryRowInItsUsage() {
        var usage = String.join("\n", Bench.usage());

        assertThat(Rows.names())
                .doesNotHaveDuplicates()
                .allSatisfy(n -> assertThat(usage).contains(n));
    }

    private void assertRefused(String why, String... words) {
        err.reset();
        assertThat(bench(words)).as(why).isEqualTo(Bench.MISUSED);
        assertThat(said()).contains(why).contains("--quick");
    }

    private int bench(String... words) {
        return Bench.run(List.of(words), List.of("/bin/false"), printing(out), printing(err));
    }

    private String said() {
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
