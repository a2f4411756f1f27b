package dev.slipway.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTest {
    @Test
    void leavesShortTextsReadable() {
        assertThat(Packed.text("[\"ä\"]")).isEqualTo("[\"ä\"]");
        assertThat(Packed.read("[\"ä\"]")).isEqualTo("[\"ä\"]");
    }

    @Test
    void makesLongTextsShortAndReadsThem() {
        var text = "näme-".repeat(Packed.MIN_PACKED);
        var packed = Packed.text(text);
        assertThat(packed).hasSizeLessThan(text.length() / 10).startsWith("gzip:");
        assertThat(Packed.read(packed)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip:", "gzip:%%", "gzip:aGFsbG8="})
    void saysWhatItCannotRead(String packed) {
        assertThatThrownBy(() -> Packed.read(packed))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("a packed text cannot be read");
    }

    @Test
    void unpacksNoMoreThanItMay() {
        var bomb = Packed.text("0".repeat(Packed.MAX_UNPACKED + 1));
        assertThat(bomb).hasSizeLessThan(20_000);
        assertThatThrownBy(() -> Packed.read(bomb)).hasMessageContaining("longer than");
    }
}
