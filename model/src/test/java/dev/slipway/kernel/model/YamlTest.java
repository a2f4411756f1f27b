package dev.slipway.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {
    /// What `kubectl create --dry-run=client -o json` makes of each word.
    @ParameterizedTest
    @CsvSource(
            nullValues = "",
            textBlock =
                    """
                    yes,       true
                    n,         false
                    Off,       false
                    True,      true
                    FALSE,     false
                    ~,         null
                    Null,      null
                    0644,      420
                    0o17,      15
                    0x1F,      31
                    -0x1f,     -31
                    0b11,      3
                    1_000,     1000
                    08,        8
                    +12,       12
                    5.0,       5
                    1e3,       1000
                    12e03,     12000
                    .5,        0.5
                    -.5,       -0.5
                    1.25,      1.25
                    9223372036854775807, 9223372036854775807
                    yEs,       "yEs"
                    nope,      "nope"
                    1.2.3,     "1.2.3"
                    10.0.0.1,  "10.0.0.1"
                    2001-01-01, "2001-01-01"
                    1:30,      "1:30"
                    1e400,     "1e400"
                    0o8,       "0o8"
                    -0,        0
                    0x,        "0x"
                    0xg,       "0xg"
                    1_,        1
                    _1,        "_1"
                    5m,        "5m"
                    """)
    void readsWordsAsKubectlDoes(String word, String json) {
        assertThat(Json.text(value("[%s]".formatted(word)))).isEqualTo("[%s]".formatted(json));
    }

    @Test
    void leavesQuotedWordsAlone() {
        assertThat(value("['yes', \"0644\", !!str 1_000]"))
                .isEqualTo(List.of("yes", "0644", "1_000"));
    }

    @Test
    void mergesMaps() {
        assertThat(value("a: &a {p: 1, q: 2}\nb: {<<: *a, q: 3}"))
                .isEqualTo(Map.of("a", Map.of("p", 1L, "q", 2L), "b", Map.of("p", 1L, "q", 3L)));
    }

    @Test
    void readsEntitiesOfBackstageAsBackstageDoes() {
        var text =
                """
                apiVersion: backstage.io/v1alpha1
                metadata: {name: a, annotations: {x: yes, y: 0644}}
                ---
                apiVersion: v1
                data: {x: yes}
                """;
        var read = Yaml.readManifests(text.getBytes(StandardCharsets.UTF_8));
        assertThat(Json.at(read.get(0), "metadata", "annotations"))
                .isEqualTo(Map.of("x", "yes", "y", 644L));
        assertThat(Json.at(read.get(1), "data")).isEqualTo(Map.of("x", true));
    }

    @Test
    void writesWhatItReads() {
        var tree =
                Map.of(
                        "k",
                        List.of(
                                "yes", "~", "0644", "1_000", "", "null", "5.0", "a", "<<", 1L,
                                true));
        assertThat(value(Yaml.write(tree))).isEqualTo(tree);
        assertThat(value(Yaml.writeQuoted(tree))).isEqualTo(tree);
    }

    private static @Nullable Object value(String text) {
        return Yaml.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
