package dev.slipway.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    /// One row: the schema of field `f`, a value that breaks its rule, and the cause as it is printed.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"type":"integer","x-kubernetes-validations":[{"rule":"self > 3"}]} | 1 | f: Invalid value: 1: failed rule: self > 3
                    {"type":"integer","x-kubernetes-validations":[{"rule":"self > 3","message":"too small"}]} | 1 | f: Invalid value: 1: too small
                    {"type":"string","x-kubernetes-validations":[{"rule":"self.size() > 3","messageExpression":"'got ' + self"}]} | "ab" | f: Invalid value: "ab": got ab
                    {"type":"integer","x-kubernetes-validations":[{"rule":"self > 3","reason":"FieldValueDuplicate"}]} | 1 | f: Duplicate value: 1
                    {"type":"integer","x-kubernetes-validations":[{"rule":"self > 3","reason":"FieldValueForbidden","message":"no"}]} | 1 | f: Forbidden: no
                    {"type":"integer","x-kubernetes-validations":[{"rule":"self > 3","reason":"FieldValueRequired","message":"no"}]} | 1 | f: Required value: no
                    {"type":"array","items":{"type":"string"},"x-kubernetes-validations":[{"rule":"self.all(x, x.startsWith('a'))"}]} | ["b"] | f: Invalid value: failed rule: self.all(x, x.startsWith('a'))
                    {"type":"array","items":{"type":"integer","x-kubernetes-validations":[{"rule":"self > 0","message":"positive"}]}} | [1,0] | f[1]: Invalid value: 0: positive
                    {"type":"object","additionalProperties":{"type":"integer","x-kubernetes-validations":[{"rule":"self < 10","message":"below ten"}]}} | {"a":1,"b":11} | f[b]: Invalid value: 11: below ten
                    {"type":"object","properties":{"lo":{"type":"integer"},"hi":{"type":"integer"}},"x-kubernetes-validations":[{"rule":"self.lo <= self.hi","message":"lo above hi","fieldPath":".lo"}]} | {"lo":2,"hi":1} | f.lo: Invalid value: lo above hi
                    {"type":"object","properties":{"a":{"type":"string"}},"x-kubernetes-validations":[{"rule":"has(self.a)","message":"a"}]} | {} | f: Invalid value: a
                    {"type":"object","properties":{"a-b":{"type":"string"}},"x-kubernetes-validations":[{"rule":"self.a__dash__b != 'bad'","message":"bad"}]} | {"a-b":"bad"} | f: Invalid value: bad
                    {"x-kubernetes-int-or-string":true,"x-kubernetes-validations":[{"rule":"type(self) == int ? self > 0 : self.endsWith('%')","message":"odd"}]} | "x" | f: Invalid value: "x": odd
                    {"type":"string","format":"date-time","x-kubernetes-validations":[{"rule":"self > timestamp('2024-01-01T00:00:00Z')","message":"after 2024"}]} | "2023-01-01T00:00:00Z" | f: Invalid value: "2023-01-01T00:00:00Z": after 2024
                    {"type":"object","properties":{"a":{"type":"integer"}},"x-kubernetes-validations":[{"rule":"1 / self.a > 0","message":"ratio"}]} | {"a":0} | f: Invalid value: "object": division by zero evaluating rule: ratio
                    """)
    void saysWhatKubernetesSays(String schema, String value, String text) {
        assertThat(check(schema, value, Optional.empty()))
                .extracting(FieldCause::toString)
                .containsExactly(text);
    }

    @Test
    void forgivesTheItemsOfAListThatStayed() {
        var schema =
                """
                {"type":"array","items":{"type":"object","properties":{"v":
                  {"type":"string","x-kubernetes-validations":[{"rule":"self.endsWith('q')","message":"no q"}]}}}}\
                """;
        var old = "[{\"v\":\"a\"},{\"v\":\"b\"}]";
        assertThat(check(schema, old, Optional.of(old))).isEmpty();
        assertThat(Rules.of(object(schema)).forgiven(holder(old), holder(old)))
                .extracting(FieldCause::field)
                .containsExactly("f[0].v", "f[1].v");
        assertThat(check(schema, "[{\"v\":\"b\"},{\"v\":\"a\"}]", Optional.of(old)))
                .extracting(FieldCause::field)
                .containsExactly("f[0].v", "f[1].v");
    }

    @Test
    void stopsAtARuleThatCostsTooMuch() {
        var schema =
                """
                {"type":"integer","x-kubernetes-validations":[
                  {"rule":"lists.range(self).all(x, lists.range(self).all(y, x + y >= 0))"},{"rule":"self < 0"}]}\
                """;
        assertThat(check(schema, "2000", Optional.empty()))
                .extracting(FieldCause::toString)
                .containsExactly(
                        "f: Invalid value: \"integer\": 'operation cancelled: actual cost limit exceeded': no further"
                                + " validation rules will be run due to call cost exceeds limit for rule:"
                                + " lists.range(self).all(x, lists.range(self).all(y, x + y >= 0))");
    }

    @Test
    void stopsWhereAllThatAnObjectMayCostIsSpent() {
        var schema =
                SchemaReader.read(
                        Json.readObject(
                                """
                                {"type":"object","properties":{"a":{"type":"integer"}},"x-kubernetes-validations":[
                                  {"rule":"self.a > 1","message":"low"},{"rule":"self.a > 2","message":"lower"}]}\
                                """
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(Rules.of(schema).check(Map.of("a", 0L), Optional.empty(), List.of(), 6))
                .extracting(FieldCause::message)
                .containsExactly("Invalid value: low", "Invalid value: lower");
        assertThat(Rules.of(schema).check(Map.of("a", 0L), Optional.empty(), List.of(), 5))
                .extracting(FieldCause::message)
                .containsExactly(
                        "Invalid value: low",
                        "Invalid value: \"object\": validation failed due to running out of cost budget, no further"
                                + " validation rules will be run");
    }

    @Test
    void reportsEveryRule() {
        var schema =
                """
                {"type":"integer","x-kubernetes-validations":[
                  {"rule":"self > 3","message":"low"},{"rule":"self % 2 == 0","message":"odd"}]}\
                """;
        assertThat(check(schema, "1", Optional.empty())).hasSize(2);
        assertThat(check(schema, "6", Optional.empty())).isEmpty();
    }

    @Test
    void looksBackOnlyWhereSomethingWas() {
        var schema =
                """
                {"type":"integer","x-kubernetes-validations":[{"rule":"self >= oldSelf","message":"must not shrink"}]}\
                """;
        assertThat(check(schema, "5", Optional.empty())).isEmpty();
        assertThat(check(schema, "6", Optional.of("5"))).isEmpty();
        assertThat(check(schema, "4", Optional.of("5")))
                .extracting(FieldCause::toString)
                .containsExactly("f: Invalid value: 4: must not shrink");
    }

    @Test
    void tellsWhetherSomethingWasThere() {
        var schema =
                """
                {"type":"string","x-kubernetes-validations":[
                  {"rule":"!oldSelf.hasValue() || oldSelf.value() == self","optionalOldSelf":true,"message":"stays"}]}\
                """;
        assertThat(check(schema, "\"a\"", Optional.empty())).isEmpty();
        assertThat(check(schema, "\"b\"", Optional.of("\"a\""))).hasSize(1);
    }

    @Test
    void findsTheOldItemByItsKey() {
        var schema =
                """
                {"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["n"],
                 "items":{"type":"object","properties":{"n":{"type":"string"},"v":{"type":"integer"}},
                  "x-kubernetes-validations":[{"rule":"self.v >= oldSelf.v","message":"v must not shrink"}]}}\
                """;
        var old = Optional.of("[{\"n\":\"a\",\"v\":5},{\"n\":\"b\",\"v\":1}]");
        assertThat(
                        check(
                                schema,
                                "[{\"n\":\"b\",\"v\":1},{\"n\":\"a\",\"v\":4},{\"n\":\"c\",\"v\":0}]",
                                old))
                .extracting(FieldCause::toString)
                .containsExactly("f[1]: Invalid value: v must not shrink");
    }

    @Test
    void asksNotAgainOfWhatStayed() {
        var schema =
                "{\"type\":\"integer\",\"x-kubernetes-validations\":[{\"rule\":\"self > 3\"}]}";
        assertThat(check(schema, "1", Optional.of("1"))).isEmpty();
        assertThat(check(schema, "2", Optional.of("1"))).hasSize(1);
    }

    @Test
    void waitsForTheRightShape() {
        var schema =
                object(
                        "{\"type\":\"integer\",\"x-kubernetes-validations\":[{\"rule\":\"self > 3\"}]}");
        var found = List.of(FieldCause.type("f", "string", "wrong"));
        assertThat(Rules.of(schema).check(Map.of("f", "x"), Optional.empty(), found))
                .singleElement()
                .extracting(FieldCause::message)
                .asString()
                .startsWith("Invalid value: null: some validation rules were not checked");
    }

    @Test
    void hasNothingToSayWithoutRules() {
        var found = List.of(FieldCause.type("f", "string", "wrong"));
        assertThat(
                        Rules.of(object("{\"type\":\"integer\"}"))
                                .check(Map.of("f", "x"), Optional.empty(), found))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"rule":" "} | .x-kubernetes-validations[0].rule: Required value: rule is not specified
                    {"rule":"self"} | .x-kubernetes-validations[0].rule: Invalid value: {"Rule":"self","Message":"","MessageExpression":"","Reason":null,"FieldPath":"","OptionalOldSelf":null}: cel expression must evaluate to a bool
                    {"rule":"true","messageExpression":"1"} | .x-kubernetes-validations[0].messageExpression: Invalid value: {"Rule":"true","Message":"","MessageExpression":"1","Reason":null,"FieldPath":"","OptionalOldSelf":null}: messageExpression must evaluate to a string
                    {"rule":"true","reason":"Whim"} | .x-kubernetes-validations[0].reason: Unsupported value: "Whim": supported values: "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"
                    """)
    void checksRulesThemselves(String rule, String text) {
        var schema =
                SchemaReader.read(
                        Json.readObject(
                                "{\"type\":\"string\",\"x-kubernetes-validations\":["
                                        + rule
                                        + "]}"));
        assertThat(Rules.problems(schema, false, "", ""))
                .extracting(FieldCause::toString)
                .containsExactly(text);
    }

    @Test
    void namesThePlaceOfASyntaxError() {
        var schema =
                SchemaReader.read(
                        Json.readObject(
                                "{\"type\":\"string\",\"x-kubernetes-validations\":[{\"rule\":\"self.all(\"}]}"));
        assertThat(Rules.problems(schema, false, "p", ""))
                .singleElement()
                .extracting(FieldCause::message)
                .asString()
                .contains("compilation failed: ERROR: <input>:1:");
    }

    private static List<FieldCause> check(String schema, String value, Optional<String> old) {
        return Rules.of(object(schema)).check(holder(value), old.map(RulesTest::holder), List.of());
    }

    private static Map<String, Object> holder(String value) {
        return Json.readObject("{\"f\":" + value + "}");
    }

    private static Schema object(String field) {
        return SchemaReader.read(
                Json.readObject("{\"type\":\"object\",\"properties\":{\"f\":" + field + "}}"));
    }
}
