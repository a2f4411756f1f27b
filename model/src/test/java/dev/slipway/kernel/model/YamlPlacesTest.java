package dev.slipway.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.YamlPlaces.Place;
import org.junit.jupiter.api.Test;

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

    @Test
    void findsNothingInWhatIsNotYaml() {
        assertThat(YamlPlaces.read("a: [").place("a")).isEqualTo(new Place(1, 1));
    }
}
