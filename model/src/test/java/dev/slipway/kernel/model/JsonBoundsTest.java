package dev.slipway.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class JsonBoundsTest {
    @Test
    void refusesADocumentThatNestsTooDeep() {
        var deep = "[".repeat(Json.MAX_DEPTH + 1).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Json.read(deep))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(String.valueOf(Json.MAX_DEPTH));
    }

    @Test
    void saysWhereADocumentIsBroken() {
        assertThatThrownBy(() -> Json.read("{\"a\":\n ]".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void writesWholeNumbersAsIntegers() {
        var read = Json.read("[2.0, 1e3, -0.5, 2.5, 1e300]".getBytes(StandardCharsets.UTF_8));
        assertThat(Json.text(read)).isEqualTo("[2,1000,-0.5,2.5,1.0E300]");
    }

    @Test
    void refusesANumberThatNothingHolds() {
        assertThatThrownBy(() -> Json.read("{\"a\": 1e400}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("too large");
    }

    @Test
    void tellsEachKeyThatOccursTwice() {
        var twice = new ArrayList<String>();
        var read =
                Json.read(
                        "{\"a\":[{\"b\":1,\"b\":2}]}".getBytes(StandardCharsets.UTF_8), twice::add);
        assertThat(twice).containsExactly("a[0].b");
        assertThat(Json.text(read)).isEqualTo("{\"a\":[{\"b\":2}]}");
    }
}
