package dev.slipway.graph.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BrakeTest {
    private static final ResourceKey ONE = KindKey.of("", "configmaps").resource("default", "one");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Brake brake = new Brake();

    @Test
    void letsPassWhatComesToAnEnd() {
        for (int i = 0; i < Brake.FREE; i++) {
            assertThat(brake.hold(ONE, NOW)).isEmpty();
        }
        assertThat(brake.hold(ONE, NOW)).contains(Brake.PERIOD);
        assertThat(brake.hold(KindKey.of("", "configmaps").resource("default", "two"), NOW))
                .isEmpty();
    }

    @Test
    void givesOnePassForEachPeriodToWhatDoesNot() {
        for (int i = 0; i < Brake.FREE; i++) {
            brake.hold(ONE, NOW);
        }
        var later = NOW.plus(Brake.PERIOD);
        assertThat(brake.hold(ONE, later)).isEmpty();
        assertThat(brake.hold(ONE, later)).isPresent();
        assertThat(brake.hold(ONE, NOW)).isPresent();
        var muchLater = later.plus(Brake.PERIOD.multipliedBy(Brake.FREE));
        assertThat(brake.hold(ONE, muchLater)).isEmpty();
        assertThat(brake.hold(ONE, muchLater)).isEmpty();
    }
}
