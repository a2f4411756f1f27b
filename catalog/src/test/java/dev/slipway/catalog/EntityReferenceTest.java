package dev.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityReferenceTest {
    @ParameterizedTest
    @CsvSource({
        "a, DK, ns, a",
        "b/a, DK, b, a",
        "k:a, k, ns, a",
        "K:B/A, K, B, A",
        "k:b/a/c, k, b, a/c",
        "k:a:b, k, ns, a:b",
        "b/k:a, DK, b, k:a",
        "a:b:c/d, a, b:c, d"
    })
    void readsKindNamespaceAndName(String text, String kind, String namespace, String name) {
        assertThat(EntityReference.parse(text, "DK", "ns"))
                .contains(new EntityReference(kind, namespace, name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":a", "/a", "k:/a", "k:b/", "k:"})
    void knowsWhatIsNoReference(String text) {
        assertThat(EntityReference.parse(text, "DK", "ns")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b/a"})
    void asksForAKindWhereNoneIsImplied(String text) {
        assertThat(EntityReference.parse(text, "", "ns")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"K:B/A, k:b/a", "İ:x/y, i̇:x/y"})
    void readsTheSameWhateverTheCase(String text, String canonical) {
        assertThat(EntityReference.parse(text, "", "ns"))
                .hasToString("Optional[" + canonical + "]");
    }
}
