package dev.slipway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Many runs of the simulation: about a minute of them, or as many minutes as are asked for.
///
/// `-Dsim.seed=N` (and `-Dsim.steps=N`) repeats one run; `-Dsim.minutes=N` or `SLIPWAY_SIM_MINUTES=N` goes on for so
/// long with seeds that were never used before; `-Dsim.trace=true` prints every step.
class SimulationIT {
    private static final int STEPS = Integer.getInteger("sim.steps", 3_000);
    private static final int RUNS = 12;

    @BeforeAll
    static void silence() {
        Replay.silence();
    }

    @Test
    void holdsWhateverHappens() {
        var seed = Optional.ofNullable(Long.getLong("sim.seed"));
        if (seed.isPresent()) {
            assertThat(Simulation.run(seed.get(), STEPS, Defect.NONE).seed()).isEqualTo(seed.get());
        } else if (minutes().isZero()) {
            assertThat(run(1, RUNS, Long.MAX_VALUE)).isEqualTo(RUNS);
        } else {
            var end = System.nanoTime() + minutes().toNanos();
            assertThat(run(System.currentTimeMillis(), Integer.MAX_VALUE, end)).isPositive();
        }
    }

    /// Runs seed after seed; returns how many.
    private static int run(long first, int most, long end) {
        var runs = 0;
        while (runs < most && (end == Long.MAX_VALUE || System.nanoTime() < end)) {
            Simulation.run(first + runs, STEPS, Defect.NONE);
            runs++;
        }
        return runs;
    }

    private static Duration minutes() {
        var asked =
                Optional.ofNullable(System.getProperty("sim.minutes"))
                        .or(() -> Optional.ofNullable(System.getenv("SLIPWAY_SIM_MINUTES")));
        return Duration.ofMinutes(asked.map(Long::parseLong).orElse(0L));
    }
}
