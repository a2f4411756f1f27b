package dev.slipway.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.YamlPlaces.Place;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlPlacesTest {
    private static final YamlPlaces PLACES =
            YamlPlaces.read(
                    """
                    kind: Thing
                    spec:
                      items:
                        - name: "${a.b}"
                        - {name: "${c.d}"}
                      text: |-
                        one
                        ${two}
                      labels: {a.b/c: x}
                    """);

    @Test
    void findsFieldsByTheirPaths() {
        assertThat(PLACES.place("kind")).isEqualTo(new Place(1, 7));
        assertThat(PLACES.place("spec.items[0].name")).isEqualTo(new Place(4, 13));
        assertThat(PLACES.place("spec.labels[a.b/c]")).isEqualTo(new Place(9, 19));
        assertThat(PLACES.place("spec.labels[\"a.b/c\"]")).isEqualTo(new Place(9, 19));
        assertThat(PLACES.place("spec.items")).isEqualTo(new Place(3, 3));
    }

    @Test
    void findsWhereWhatIsMissingWouldStand() {
        assertThat(PLACES.place("spec.items[1].nothing.more")).isEqualTo(new Place(5, 7));
        assertThat(PLACES.place("status")).isEqualTo(new Place(1, 1));
    }

    @Test
    void findsSpotsInTexts() {
        assertThat(PLACES.place("spec.items[0].name", new Spot("${a.b}", 1, 5)))
                .isEqualTo(new Place(4, 18));
        assertThat(PLACES.place("spec.text", new Spot("one\n${two}", 2, 3)))
                .isEqualTo(new Place(8, 7));
    }

    /// Each text has a `!`, which is looked for from the value that is read.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: plain !",
                "a: plain and\n  folded\n\n  and !",
                "a: 'it''s !'",
                "a: 'it''s  \n\n\n   é😀 !'",
                "a: \"\\t\\u00e9\\x41\\U0001F600 !\"",
                "a: \"one \\\n    two\n   three !\"",
                "a: |\n   one\n   two !",
                "a: |2\n    one !",
                "a: |+\n\n   é😀\n     !\n\n",
                "a: >\n   one\n   two !",
                "a: >-\n\n   one\n\n   two\n     more\n   three\n\n\n   !",
                "a: >2\n     one\n   two\n   !",
                "{x: \"b\n   c\", b: {a: x}, c: y\n, a: z !}",
                "b: &x\n    a: |\n      x !\na: *x"
            })
    void findsSpotsInHoweverTextsAreWritten(String text) {
        var tree = (Map<?, ?>) Yaml.read(text.getBytes(StandardCharsets.UTF_8));
        var nested = tree.get("a") instanceof Map;
        var value = String.valueOf(nested ? ((Map<?, ?>) tree.get("a")).get("a") : tree.get("a"));
        var place = YamlPlaces.read(text).place(nested ? "a.a" : "a", spot(value));
        var line = text.split("\n", -1)[place.line() - 1];
        assertThat(line.substring(line.offsetByCodePoints(0, place.column() - 1))).startsWith("!");
    }

    private static Spot spot(String value) {
        var before = value.substring(0, value.indexOf('!'));
        var start = before.lastIndexOf('\n') + 1;
        var line = (int) before.chars().filter(letter -> letter == '\n').count() + 1;
        return new Spot(value, line, before.codePointCount(start, before.length()) + 1);
    }

    @Test
    void findsNothingInWhatIsNotYaml() {
        assertThat(YamlPlaces.read("a: [").place("a")).isEqualTo(new Place(1, 1));
    }
}
