package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.Bench;
import dev.slipway.kernel.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bench on the real server: what it reports, never how fast that was.
class BenchIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir Path folder;

    @Test
    void measuresAServerOfItsOwnAndLeavesNothingBehind() {
        var code = bench("--quick", "--rows", "start,create-1,get", "-o", "json");

        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(Bench.DONE);
        var report = Json.readObject(out.toString(StandardCharsets.UTF_8));
        assertThat(Json.object(report, "machine"))
                .containsEntry("collector", "Serial")
                .containsEntry("store", "sqlite")
                .containsKeys("cores", "heap", "java", "fdatasyncP50Millis");
        assertThat(Json.list(report, "rows"))
                .extracting(row -> Json.string(Json.cast((Map<?, ?>) row), "row"))
                .containsExactly("start", "create-1", "create-1", "get", "get");
        assertThat(Json.list(report, "rows"))
                .allSatisfy(row ->
                        assertThat(((Number) Json.cast((Map<?, ?>) row).get("value")).doubleValue())
                                .isPositive());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void givesAnotherServerTheSameLoadAndTakesAwayWhatItMadeThere() {
        try (var peer = Server.start(folder.resolve("peer"))) {
            var kubeconfig = peer.data().resolve("kubeconfig").toString();

            var code = bench("--quick", "--rows", "get,graph", "--peer-kubeconfig", kubeconfig);

            assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(Bench.DONE);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("peer: " + peer.api())
                    .doesNotContain("failed", "no peer");
            peer.eventually(
                    "the namespaces of the bench are gone",
                    () -> !peer.cli("get", "namespaces").out().contains("slipway-bench"));
            assertThat(peer.cli("get", "resourcegraphdefinitions,customresourcedefinitions").out())
                    .doesNotContain("bench");
        }
    }

    private int bench(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data-dir", folder.toString()));
        return Bench.run(all, OwnCommand.line(), printing(out), printing(err));
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
