package dev.slipway.graph.simpleschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.graph.findings.Findings;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimpleSchemaTest {
    private final Findings findings = new Findings();

    @Test
    void translatesAtomsListsAndMaps() {
        assertThat(
                        read(
                                """
                                s: string
                                i: integer
                                b: boolean
                                f: float
                                o: object
                                l: "[]string"
                                m: map[string][]integer
                                """))
                .isEqualTo(
                        json(
                                """
                                {"type":"object","properties":{
                                 "s":{"type":"string"},"i":{"type":"integer"},"b":{"type":"boolean"},
                                 "f":{"type":"number"},
                                 "o":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
                                 "l":{"type":"array","items":{"type":"string"}},
                                 "m":{"type":"object","additionalProperties":
                                      {"type":"array","items":{"type":"integer"}}}}}
                                """));
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.completions()).isEmpty();
    }

    @Test
    void completesTheWordsOfOtherNotations() {
        assertThat(property("port: int\nlive: bool\nload: number", "port"))
                .isEqualTo(json("{\"type\":\"integer\"}"));
        assertThat(findings.errors()).isEmpty();
        assertThat(findings.completions())
                .extracting("path", "value")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("spec.schema.spec.port", "integer"),
                        org.assertj.core.groups.Tuple.tuple("spec.schema.spec.live", "boolean"),
                        org.assertj.core.groups.Tuple.tuple("spec.schema.spec.load", "float"));
    }

    @Test
    void aDeclaredTypeWinsOverACompletedWord() {
        assertThat(property("port: int", "port", "int: string"))
                .isEqualTo(json("{\"type\":\"string\"}"));
        assertThat(findings.completions()).isEmpty();
    }

    @Test
    void readsEveryMarker() {
        assertThat(
                        property(
                                "a: string | required=true default=x description=\"What it is\" enum=\"x, y\""
                                        + " minLength=1 maxLength=9 pattern=\"^\\d+$\"",
                                "a"))
                .isEqualTo(
                        json(
                                """
                                {"type":"string","default":"x","description":"What it is","enum":["x","y"],
                                 "minLength":1,"maxLength":9,"pattern":"^\\\\d+$"}
                                """));
        assertThat(property("a: integer | minimum=1.5 maximum=9 enum=\"1,2\"", "a"))
                .isEqualTo(
                        json(
                                "{\"type\":\"integer\",\"minimum\":1.5,\"maximum\":9,\"enum\":[1,2]}"));
        assertThat(
                        property(
                                "a: '[]string | uniqueItems=true default=[\"a\", \"b\"] minItems=1 maxItems=3'",
                                "a"))
                .isEqualTo(
                        json(
                                """
                                {"type":"array","items":{"type":"string"},"x-kubernetes-list-type":"set",
                                 "default":["a","b"],"minItems":1,"maxItems":3}
                                """));
        assertThat(findings.errors()).isEmpty();
    }

    @Test
    void keepsValidationAndImmutableInTheirOrder() {
        assertThat(property("a: string | validation=\"self != ''\" immutable=true", "a"))
                .extracting("x-kubernetes-validations")
                .isEqualTo(
                        List.of(
                                Map.of("rule", "self != ''", "message", "validation failed"),
                                Map.of(
                                        "rule",
                                        "self == oldSelf",
                                        "message",
                                        "field is immutable")));
    }

    @Test
    void acceptsSeveralBars() {
        assertThat(property("a: string | default=a | description=b", "a"))
                .isEqualTo(json("{\"type\":\"string\",\"default\":\"a\",\"description\":\"b\"}"));
        assertThat(property("a: string | pattern=^(a|b)$", "a"))
                .extracting("pattern")
                .isEqualTo("^(a|b)$");
        assertThat(findings.errors()).isEmpty();
    }

    @Test
    void keepsQuotesAndBackslashesOfTexts() {
        assertThat(property("a: 'string | default=\"a\\\"b\\\\c\\d\"'", "a"))
                .extracting("default")
                .isEqualTo("a\"b\\c\\d");
    }

    @Test
    void sortsRequiredFields() {
        assertThat(read("b: string | required=true\na: string | required=true\nc: string"))
                .extracting("required")
                .isEqualTo(List.of("a", "b"));
    }

    @Test
    void givesAnObjectADefaultWhenNothingIsRequiredAndAChildHasOne() {
        var spec =
                read(
                        """
                        a:
                          b:
                            r: string | required=true
                            c: string | default=x
                        d:
                          e: integer | default=1
                        """);
        assertThat(spec).containsEntry("default", Map.of());
        assertThat(Json.at(spec, "properties", "d", "default")).isEqualTo(Map.of());
        assertThat(Json.at(spec, "properties", "a", "default")).isNull();
        assertThat(Json.at(spec, "properties", "a", "properties", "b", "default")).isNull();
    }

    @Test
    void expandsDeclaredTypesWithTheMarkersOfTheirUse() {
        var types = "Port: integer | default=8080 minimum=1\nEnd:\n  port: Port\n  host: string";
        var spec = read("p: Port\nq: Port | maximum=90 default=80\nl: '[]End'", types);
        assertThat(Json.at(spec, "properties", "p"))
                .isEqualTo(json("{\"type\":\"integer\",\"default\":8080,\"minimum\":1}"));
        assertThat(Json.at(spec, "properties", "q"))
                .isEqualTo(
                        json("{\"type\":\"integer\",\"default\":80,\"minimum\":1,\"maximum\":90}"));
        assertThat(Json.at(spec, "properties", "l", "items", "properties", "host"))
                .isEqualTo(json("{\"type\":\"string\"}"));
    }

    @Test
    void requiresAnAliasOnlyWhereItIsUsedDirectly() {
        assertThat(read("a: Name\nb: '[]Name'\nc: map[string]Name", "Name: string | required=true"))
                .extracting("required")
                .isEqualTo(List.of("a"));
    }

    @Test
    void refusesTypesThatContainEachOther() {
        read("a: A", "A:\n  b: B\nB:\n  a: A");
        assertThat(messages())
                .singleElement()
                .asString()
                .startsWith("spec.schema.types.B.a: ")
                .contains("cyclic dependency in type: A -> B -> A");
    }

    @Test
    void boundsTheFieldsOfExpandedTypes() {
        var types = new StringBuilder("T0:\n  a: string\n  b: string\n");
        for (int i = 1; i < 40; i++) {
            types.append("T%d:\n  a: T%d\n  b: T%d\n".formatted(i, i - 1, i - 1));
        }
        read("a: T39", types.toString());
        assertThat(messages()).anySatisfy(m -> assertThat(m).contains("more than 5000 fields"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "wholenumber # unknown type: wholenumber",
                "intger # did you mean \"integer\"?",
                "any # unknown type: any",
                "map[int]string # the keys of a map must be string",
                "'' # the type is missing",
                "'| default=1' # the type is missing",
                "'integer | default=1.5' # default must be a valid integer",
                "'boolean | default=yes' # default must be true or false",
                "'[]string | enum=\"a,b\"' # enum is for string and integer fields only",
                "'string | enum=\"a,,b\"' # enum has an empty item",
                "'string | minItems=1' # minItems is for array fields only",
                "'string | pattern=\"(\"' # is not a regular expression",
                "'string | default=\"a' # the quote of default is not closed",
                "'string | default' # \"default\" has no value",
                "'string | =x' # a value has no key",
                "'string | defualt=x' # did you mean \"default\"?",
                "'object | default={\"a\": 1' # a bracket of default is not closed",
                "'string | default=a]' # a closing ] that nothing opens",
                "'string | required=maybe' # required must be true or false",
                "'[]string | listMapKey=a' # listMapKey needs listType=map",
                "'[]string | uniqueItems=true listType=atomic' # exclude each other",
                "'[a]' # unexpected type",
                "7 # unexpected type",
            })
    void namesTheFieldOfAnError(String field, String message) {
        read("good: string\nbad: " + (field.equals("'[a]'") ? "[a]" : field));
        assertThat(findings.errors())
                .singleElement()
                .satisfies(cause -> {
                    assertThat(cause.field()).isEqualTo("spec.schema.spec.bad");
                    assertThat(cause.message()).contains(message);
                });
    }

    @Test
    void tellsAllErrorsAtOnce() {
        read("a: wholenumber\nb: string | minItems=1 maxItems=2\nc:\n  d: nope");
        assertThat(findings.errors())
                .extracting(FieldCause::field)
                .containsExactly(
                        "spec.schema.spec.a",
                        "spec.schema.spec.b",
                        "spec.schema.spec.b",
                        "spec.schema.spec.c.d");
    }

    private List<String> messages() {
        return findings.errors().stream().map(FieldCause::toString).toList();
    }

    private Map<String, Object> read(String spec) {
        return read(spec, "");
    }

    private Map<String, Object> read(String spec, String types) {
        return new SimpleSchema(yaml(types), "spec.schema.types", findings)
                .read(yaml(spec), "spec.schema.spec");
    }

    private Map<String, Object> property(String spec, String name) {
        return property(spec, name, "");
    }

    private Map<String, Object> property(String spec, String name, String types) {
        return Json.object(Json.object(read(spec, types), "properties"), name);
    }

    private static Map<String, Object> yaml(String text) {
        return Yaml.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> map
                ? Json.cast(map)
                : Map.of();
    }

    private static Map<String, Object> json(String text) {
        return Json.readObject(text);
    }
}
