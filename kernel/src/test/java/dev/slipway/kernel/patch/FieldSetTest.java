package dev.slipway.kernel.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"f:a\":{}}",
                "{\"f:a\":{\".\":{},\"f:b\":{}}}",
                "{\"f:l\":{\"k:{\\\"name\\\":\\\"x\\\"}\":{\".\":{},\"f:name\":{}}}}",
                "{\"f:l\":{\"k:{\\\"port\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":{}}}",
                "{\"f:s\":{\"v:\\\"x\\\"\":{},\"v:1\":{}}}",
                "{\"f:s\":{\"v:1\":{},\"v:10\":{},\"v:9\":{}}}",
                "{\"f:l\":{\"i:3\":{}}}",
                "{\"f:l\":{\"k:{\\\"name\\\":\\\"a\\\\\\\"b\\\"}\":{}}}",
                "{\"f:l\":{\"k:{\\\"\\\":\\\"\\\"}\":{},\"k:{\\\"n\\\":\\\":\\\"}\":{},\"k:{\\\"n\\\":\\\"ü\\\"}\":{}}}",
                "{\"f:s\":{\"v:\\\"\\\"\":{},\"v:\\\":\\\"\":{},\"v:\\\"a\\\\n\\\"\":{}}}",
                "{\"f:s\":{\"v:true\":{},\"v:1.5\":{},\"v:\\\"ü\\\"\":{}}}"
            })
    void readsWhatItWrites(String fieldsV1) {
        var set = set(fieldsV1);
        assertThat(set(Json.text(set.write()))).isEqualTo(set);
        assertThat(set.write()).isEqualTo(Json.readObject(fieldsV1));
        assertThat(set.isWrittenAs(Json.readObject(fieldsV1))).isTrue();
    }

    @Test
    void readsAKeyHoweverItIsWritten() {
        var key = new PathElement.Key(new TreeMap<>(Map.of("name", "x")));
        assertThat(PathElement.decode("k:{\"name\":\"x\"}")).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(PathElement.decode("k:{ \"name\": \"\\u0078\" }")).isEqualTo(key);
        assertThat(PathElement.decode("v:\"\\u0078\"")).isEqualTo(PathElement.decode("v:\"x\""));
        for (var broken : List.of("k:{\"name\"}", "k:{\":\"}", "k:\"", "k:{\"a\":\"b}", "k:{\"}")) {
            assertThatExceptionOfType(MalformedException.class)
                    .as(broken)
                    .isThrownBy(() -> PathElement.decode(broken));
        }
    }

    @Test
    void keepsWhatItemsHaveInCommonOnce() {
        var set =
                set(
                        "{\"k:{\\\"n\\\":\\\"a\\\"}\":{\"f:n\":{}},\"k:{\\\"n\\\":\\\"b\\\"}\":{\"f:n\":{}}}");
        assertThat(set.elements().stream().map(set::below).map(System::identityHashCode).distinct())
                .hasSize(1);
    }

    @Test
    void writesElementsInOrder() {
        var set =
                set("{\"f:s\":{\"v:10\":{},\"v:9\":{},\"f:b\":{},\"f:a\":{\"f:x\":{},\".\":{}}}}");
        assertThat(Json.text(set.write()))
                .isEqualTo(
                        "{\"f:s\":{\"f:a\":{\".\":{},\"f:x\":{}},\"f:b\":{},\"v:9\":{},\"v:10\":{}}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":{}}", "{\"f\":{}}", "{\"k:x\":{}}", "{\"i:x\":{}}", "{\"f:a\":1}"})
    void refusesWhatIsNoFieldsV1(String fieldsV1) {
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> set(fieldsV1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"f:a\":{\"f:b\":{}}}",
                "{\"f:a\":{\".\":{}}}",
                "{\"f:a\":{\".\":{},\"f:c\":{}}}",
                "{\"f:a\":{\".\":{},\"f:b\":{}},\"f:c\":{}}"
            })
    void tellsAnotherSetByHowItIsWritten(String fieldsV1) {
        var set = set("{\"f:a\":{\".\":{},\"f:b\":{}}}");
        assertThat(set.isWrittenAs(Json.readObject(fieldsV1))).isFalse();
    }

    @Test
    void tellsAPathFromWhatIsBelowIt() {
        var set = set("{\"f:a\":{\"f:b\":{}}}");
        assertThat(set.contains(FieldPath.of("a", "b"))).isTrue();
        assertThat(set.contains(FieldPath.of("a"))).isFalse();
        assertThat(set.contains(FieldPath.of("a", "b", "c"))).isFalse();
        assertThat(set.size()).isEqualTo(1);
    }

    @Test
    void unitesBothSets() {
        assertThat(set("{\"f:a\":{\"f:b\":{}}}").union(set("{\"f:a\":{},\"f:c\":{}}")))
                .isEqualTo(set("{\"f:a\":{\".\":{},\"f:b\":{}},\"f:c\":{}}"));
    }

    @Test
    void takesOutMembersButNotWhatIsBelowThem() {
        var set = set("{\"f:a\":{\".\":{},\"f:b\":{}},\"f:c\":{}}");
        assertThat(set.difference(set("{\"f:a\":{}}")))
                .isEqualTo(set("{\"f:a\":{\"f:b\":{}},\"f:c\":{}}"));
        assertThat(set.without(set("{\"f:a\":{}}"))).isEqualTo(set("{\"f:c\":{}}"));
        assertThat(set.difference(set)).isSameAs(FieldSet.EMPTY);
    }

    @Test
    void isTheSameSetWhereNothingIsTakenOut() {
        var set = set("{\"f:a\":{\"f:b\":{}}}");
        assertThat(set.difference(set("{\"f:a\":{\"f:c\":{}},\"f:d\":{}}"))).isSameAs(set);
    }

    @Test
    void intersectsMembers() {
        assertThat(
                        set("{\"f:a\":{\".\":{},\"f:b\":{}},\"f:c\":{}}")
                                .intersection(set("{\"f:a\":{\"f:b\":{}},\"f:d\":{}}")))
                .isEqualTo(set("{\"f:a\":{\"f:b\":{}}}"));
    }

    @Test
    void listsANodesMembersBeforeThoseBelow() {
        var set =
                set(
                        "{\"f:spec\":{\"f:text\":{},\"f:byKey\":{\"k:{\\\"name\\\":\\\"x\\\"}\":{\"f:value\":{}}},\"f:number\":{},\"f:set\":{\"v:\\\"y\\\"\":{}}}}");
        assertThat(set.paths())
                .extracting(FieldPath::toString)
                .containsExactly(
                        ".spec.number",
                        ".spec.text",
                        ".spec.byKey[name=\"x\"].value",
                        ".spec.set[=\"y\"]");
    }

    @Test
    void takesAWholeNumberForOneValueHoweverItIsWritten() {
        assertThat(set("{\"v:1.0\":{}}")).isEqualTo(set("{\"v:1\":{}}"));
    }

    private static FieldSet set(String fieldsV1) {
        return FieldSet.read(Json.readObject(fieldsV1));
    }
}
