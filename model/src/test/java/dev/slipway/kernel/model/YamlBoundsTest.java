package dev.slipway.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlBoundsTest {
    private static Object read(String text) {
        return String.valueOf(Yaml.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "- ", "{a: ", "? ", "[{a: "})
    void refusesADocumentThatNestsTooDeep(String level) {
        assertThatThrownBy(() -> read(level.repeat(20_000))).isInstanceOf(MalformedException.class);
    }

    @Test
    void refusesLinesThatNestTooDeep() {
        var lines = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            lines.append(" ".repeat(i)).append("a:\n");
        }
        assertThatThrownBy(() -> read(lines.toString()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("nests deeper than 200");
    }

    @Test
    void readsWhatIsBroadAndNotDeep() {
        var text = "[[a], {b: [c]}]\n---\n" + "- {x: ['y']}\n".repeat(2_000);
        assertThat(Yaml.readAll(text.getBytes(StandardCharsets.UTF_8))).hasSize(2);
    }

    @Test
    void refusesAliasesThatStandForMillions() {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 25; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> read(bomb.toString()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("100000 values");
        assertThat(Yaml.read("a: &a [x]\nb: *a\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Map.of("a", List.of("x"), "b", List.of("x")));
    }
}
