package dev.slipway.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchTest {
    private static final Launch LAUNCH =
            new Launch(List.of("java", "-Xms32m", "-Xmx1g", "-XX:+UseSerialGC", "Main"), List.of());

    @Test
    void knowsItsHeapAndCollector() {
        assertThat(LAUNCH.heap()).isEqualTo("1g");
        assertThat(LAUNCH.collector()).isEqualTo("Serial");
    }

    @Test
    void takesAnotherHeapInPlaceOfItsOwn() {
        var other = LAUNCH.withHeap("300m");

        assertThat(other.heap()).isEqualTo("300m");
        assertThat(other.command())
                .containsExactly("java", "-Xmx300m", "-Xms32m", "-XX:+UseSerialGC", "Main");
    }

    @Test
    void saysWhereJavaChooses() {
        var bare = new Launch(List.of("java", "Main"), List.of());

        assertThat(bare.heap()).isEqualTo("as Java chooses");
        assertThat(bare.collector()).isEqualTo("default");
    }
}
