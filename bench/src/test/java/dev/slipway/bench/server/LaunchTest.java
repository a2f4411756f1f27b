package dev.slipway.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchTest {
    private static final Launch LAUNCH =
            new Launch(List.of("java", "-Xms32m", "-Xmx1g", "-XX:+UseSerialGC", "Main"), "");

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
    void givesEachServerASchemaOfItsOwnInASharedDatabase() {
        var shared = new Launch(List.of("java", "Main"), "postgresql://ann@db/x?sslmode=require");

        assertThat(shared.isShared()).isTrue();
        assertThat(shared.storeOptions("bench-7/server-2"))
                .containsExactly(
                        "--store",
                        "postgresql://ann@db/x?sslmode=require&currentSchema=bench_7_server_2");
        assertThat(LAUNCH.storeOptions("server-2")).isEmpty();
    }

    @Test
    void saysWhereJavaChooses() {
        var bare = new Launch(List.of("java", "Main"), "");

        assertThat(bare.heap()).isEqualTo("as Java chooses");
        assertThat(bare.collector()).isEqualTo("default");
    }
}
