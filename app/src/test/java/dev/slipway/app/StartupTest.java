package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.Startup.Cache;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartupTest {
    @Test
    void tellsWhatBecameOfTheCache() {
        assertThat(Cache.of("", "mixed mode, sharing")).isEqualTo(Cache.NONE);
        assertThat(Cache.of("a.aot", "mixed mode, sharing")).isEqualTo(Cache.USED);
        assertThat(Cache.of("a.aot", "mixed mode")).isEqualTo(Cache.IGNORED);
    }

    @Test
    void saysHowLongItTook() {
        assertThat(new Startup(Optional.of(Duration.ofMillis(940)), Cache.USED).line())
                .isEqualTo("in 0.9 s, with the start cache");
        assertThat(new Startup(Optional.empty(), Cache.NONE).line())
                .isEqualTo("without a start cache; ./slipway warm-up makes one");
    }
}
