package dev.slipway.kernel.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreePathTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                ".spec.replicas | spec.replicas",
                "spec.replicas | spec.replicas",
                "spec.containers[0].image | spec.containers[0].image",
                ".spec.containers[name=web].image | spec.containers[name=web].image",
                ".metadata.labels['a/b'] | metadata.labels['a/b']",
                ".metadata.labels[\"a/b\"] | metadata.labels['a/b']",
                ".['a.b'] | ['a.b']",
                ".data['it\\'s'] | data['it\\'s']",
                "a[0][1] | a[0][1]",
            })
    void readsWhatPeopleWrite(String written, String normal) {
        assertThat(TreePath.parse(written)).hasToString(normal);
        assertThat(TreePath.parse(normal)).isEqualTo(TreePath.parse(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "a..b", "a[", "a[]", "a['b", "a[x]", "a[0]b", "a[-1]"})
    void saysWhatItCannotRead(String written) {
        assertThatThrownBy(() -> TreePath.parse(written))
                .hasMessageContaining("path \"" + written + "\": ")
                .hasMessageContaining("write it like .spec.replicas");
    }

    @Test
    void refusesPathsWithoutEnd() {
        assertThatThrownBy(() -> TreePath.parse("a".repeat(TreePathParser.MAX_LENGTH + 1)))
                .hasMessageContaining("is longer than 1024 characters");
    }

    @Test
    void findsValuesByPositionAndByName() {
        var tree =
                Json.readObject(
                        "{\"c\":[{\"name\":\"a\",\"v\":1},{\"name\":\"b\",\"v\":2}],\"x/y\":null}");

        assertThat(TreePath.parse("c[1].v").in(tree)).contains(2L);
        assertThat(TreePath.parse("c[name=b].v").in(tree)).contains(2L);
        assertThat(TreePath.parse("c[name=b].v").positioned(tree)).hasToString("Optional[c[1].v]");
        assertThat(TreePath.parse("c[2].v").in(tree)).isEmpty();
        assertThat(TreePath.parse("c.v").in(tree)).isEmpty();
        assertThat(TreePath.parse("['x/y']").in(tree)).isEmpty();
    }
}
