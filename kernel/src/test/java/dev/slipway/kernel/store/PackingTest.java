package dev.slipway.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackingTest {
    private static final byte[] ONE = bytes("{\"spec\":\"%s\"}".formatted("a line. ".repeat(300)));
    private static final byte[] OTHER =
            bytes("{\"spec\":\"%s\"}".formatted("a lime. ".repeat(300)));

    @Test
    void givesBackWhatWasPackedAlone() {
        var packed = Packing.alone(ONE);

        assertThat(Packing.isAlone(packed)).isTrue();
        assertThat(packed.length).isLessThan(ONE.length / 10);
        assertThat(Packing.unpacked(packed)).isEqualTo(ONE);
    }

    @Test
    void givesBackWhatDiffersFromAnother() {
        var noise = new byte[2_000];
        new Random(1).nextBytes(noise);
        var changed = noise.clone();
        changed[1_000]++;
        var packed = Packing.delta(changed, noise, 4_711_000_000L, 7);

        assertThat(Packing.isDelta(packed)).isTrue();
        assertThat(packed.length).isLessThan(60);
        assertThat(Packing.base(packed)).isEqualTo(4_711_000_000L);
        assertThat(Packing.height(packed)).isEqualTo(7);
        assertThat(Packing.unpacked(packed, noise)).isEqualTo(changed);
    }

    @Test
    void leavesAloneWhatWouldGrow() {
        assertThat(Packing.alone(bytes("{}"))).isEqualTo(bytes("{}"));
        assertThat(Packing.isPlain(bytes("{}"))).isTrue();
    }

    @Test
    void noticesWhatIsDamaged() {
        var packed = Packing.alone(ONE);
        assertThatThrownBy(() -> Packing.unpacked(Arrays.copyOf(packed, packed.length / 2)))
                .hasMessageContaining("the database is damaged: a packed body");
        var large = packed.clone();
        large[1] = 0x7f;
        assertThatThrownBy(() -> Packing.unpacked(large)).hasMessageContaining("cannot have");
        var delta = Packing.delta(ONE, OTHER, 1, 0);
        Arrays.fill(delta, 20, delta.length, (byte) 0xff);
        assertThatThrownBy(() -> Packing.unpacked(delta, OTHER)).hasMessageContaining("damaged");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
