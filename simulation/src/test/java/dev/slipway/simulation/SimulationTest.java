package dev.slipway.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A simulation can be repeated, and it can fail.
class SimulationTest {
    private static final int STEPS = 2_000;

    /// In how many runs a defect has to show.
    private static final int RUNS = 40;

    @BeforeAll
    static void silence() {
        Replay.silence();
    }

    @Test
    void givesTheSameRunForTheSameSeed() {
        var first = Simulation.run(8, STEPS, Defect.NONE);

        assertThat(Simulation.run(8, STEPS, Defect.NONE)).isEqualTo(first);
        assertThat(Simulation.run(7, STEPS, Defect.NONE).digest()).isNotEqualTo(first.digest());
        assertThat(first.revisions()).isGreaterThan(100);
    }

    /// Another process hashes, orders and lays out differently; none of it may matter. Without the shared archive of
    /// classes the order of immutable maps and sets is drawn anew in each process.
    @Test
    void givesTheSameRunInAnotherProcess() throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-Xshare:off",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Replay.class.getName(),
                                "7",
                                Integer.toString(STEPS))
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains(Simulation.run(7, STEPS, Defect.NONE).digest());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void findsWhatIsPlanted(Defect defect) {
        assertThatThrownBy(
                        () -> {
                            for (long seed = 1; seed <= RUNS; seed++) {
                                Simulation.run(seed, STEPS, defect);
                            }
                        })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dsim.seed=");
    }
}
