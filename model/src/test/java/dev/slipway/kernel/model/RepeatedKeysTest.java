package dev.slipway.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepeatedKeysTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void letsTheLastOneCountAndTellsOfEach() {
        assertThat(read("a: 1\nb: {c: 1, c: 2}\na: 2\n"))
                .isEqualTo(Map.of("a", 2L, "b", Map.of("c", 2L)));
        assertThat(told)
                .containsExactly(
                        "line 2: key \"c\" already set in map",
                        "line 3: key \"a\" already set in map");
    }

    @Test
    void readsThemInATextThatIsNoUtf8() {
        var text = "a: 1\na: \u00ff\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Yaml.read(text, told::add)).isEqualTo(Map.of("a", "\ufffd"));
    }

    @Test
    void leavesEmptyDocumentsOut() {
        assertThat(read("a: 1\na: 2\n---\n")).isEqualTo(Map.of("a", 2L));
        assertThat(told).hasSize(1);
    }

    @Test
    void refusesASecondDocument() {
        assertThatThrownBy(() -> read("a: 1\na: 2\n---\nb: 1\n"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("2 documents where one was expected");
    }

    @Test
    void refusesWhatIsBrokenBehindThem() {
        assertThatThrownBy(() -> read("a: 1\na: 2\n---\n{b: [\n"))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("line 5");
    }

    private @Nullable Object read(String text) {
        return Yaml.read(text.getBytes(StandardCharsets.UTF_8), told::add);
    }
}
