package dev.slipway.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {
    /// One row: a schema, a value that breaks it, and the cause as it is printed, with its reason.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"type":"integer"}               | "5"     | FieldValueTypeInvalid  | f: Invalid value: "string": f in body must be of type integer: "string"
                    {"type":"string"}                | null    | FieldValueTypeInvalid  | f: Invalid value: "null": f in body must be of type string: "null"
                    {"type":"array"}                 | {}      | FieldValueTypeInvalid  | f: Invalid value: "object": f in body must be of type array: "object"
                    {"x-kubernetes-int-or-string":true} | [1]  | FieldValueTypeInvalid  | f: Invalid value: "array": f in body must be of type integer,string: "array"
                    {"x-kubernetes-int-or-string":true,"type":"object"} | {} | FieldValueTypeInvalid | f: Invalid value: "object": f in body must be of type integer,string: "object"
                    {"type":"integer","format":"int32"} | 3000000000 | FieldValueInvalid | <nil>: Invalid value: "": Checked value must be of type integer with format int32 in f
                    {"type":"string","enum":["red","green"]} | "blue" | FieldValueNotSupported | f: Unsupported value: "blue": supported values: "red", "green"
                    {"type":"integer","enum":[1,2]}  | 3       | FieldValueNotSupported | f: Unsupported value: 3: supported values: "1", "2"
                    {"type":"integer","minimum":2}   | 1       | FieldValueInvalid      | f: Invalid value: 1: f in body should be greater than or equal to 2
                    {"type":"integer","minimum":2,"exclusiveMinimum":true} | 2 | FieldValueInvalid | f: Invalid value: 2: f in body should be greater than 2
                    {"type":"integer","maximum":2}   | 9       | FieldValueInvalid      | f: Invalid value: 9: f in body should be less than or equal to 2
                    {"type":"integer","maximum":2,"exclusiveMaximum":true} | 2 | FieldValueInvalid | f: Invalid value: 2: f in body should be less than 2
                    {"type":"number","multipleOf":0.1} | 0.35  | FieldValueInvalid      | f: Invalid value: 0.35: f in body should be a multiple of 0.1
                    {"type":"integer","multipleOf":5} | 7      | FieldValueInvalid      | f: Invalid value: 7: f in body should be a multiple of 5
                    {"type":"string","minLength":3}  | "ab"    | FieldValueInvalid      | f: Invalid value: "ab": f in body should be at least 3 chars long
                    {"type":"string","maxLength":3}  | "abcd"  | FieldValueTooLong      | f: Too long: may not be more than 3 bytes
                    {"type":"string","pattern":"^[a-z]+$"} | "A1" | FieldValueInvalid   | f: Invalid value: "A1": f in body should match '^[a-z]+$'
                    {"type":"array","minItems":2}    | ["a"]   | FieldValueInvalid      | f: Invalid value: 1: f in body should have at least 2 items
                    {"type":"array","maxItems":1}    | ["a","b"] | FieldValueTooMany    | f: Too many: 2: must have at most 1 item
                    {"type":"object","maxProperties":2} | {"a":1,"b":2,"c":3} | FieldValueTooMany | f: Too many: 3: must have at most 2 items
                    {"type":"object","minProperties":2} | {"a":1} | FieldValueInvalid   | f: Invalid value: 1: f in body should have at least 2 properties
                    {"type":"object","required":["a"]} | {}    | FieldValueRequired     | f.a: Required value
                    {"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}} | ["a","a"] | FieldValueDuplicate | f[1]: Duplicate value: "a"
                    {"type":"array","items":{"type":"integer"}} | [1,"x"] | FieldValueTypeInvalid | f[1]: Invalid value: "string": f[1] in body must be of type integer: "string"
                    {"type":"object","additionalProperties":{"type":"integer","minimum":1}} | {"a":1,"b":0} | FieldValueInvalid | f.b: Invalid value: 0: f.b in body should be greater than or equal to 1
                    {"type":"object","not":{"required":["a"]}} | {"a":1} | FieldValueInvalid | <nil>: Invalid value: "": "f" must not validate the schema (not)
                    {"type":"object","oneOf":[{"required":["a"]},{"required":["b"]}]} | {"a":1,"b":1} | FieldValueInvalid | <nil>: Invalid value: "": "f" must validate one and only one schema (oneOf). Found 2 valid alternatives
                    """,
            quoteCharacter = '`')
    void saysWhatKubernetesSays(String schema, String value, String reason, String text) {
        assertThat(check(schema, value))
                .singleElement()
                .satisfies(cause -> assertThat(cause.toString()).isEqualTo(text))
                .extracting(FieldCause::reason)
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    byte      | "eA=="                 | "!!"
                    byte      | ""                     | "eA"
                    date      | "2024-02-29"           | "2023-02-29"
                    date-time | "2024-01-01T00:00:00Z" | "yesterday"
                    duration  | "1h30m"                | "soon"
                    email     | "a@example.com"        | "example.com"
                    hostname  | "a-b.example.com"      | "_a_"
                    ipv4      | "10.1.2.3"             | "300.1.1.1"
                    ipv6      | "::1"                  | "10.1.2.3"
                    cidr      | "10.0.0.0/8"           | "10.0.0.0/33"
                    uri       | "https://example.com"  | "no scheme"
                    uuid      | "00000000-0000-4000-8000-000000000000" | "x"
                    mac       | "01:23:45:67:89:ab"    | "01:23"
                    """,
            quoteCharacter = '`')
    void checksFormats(String format, String good, String bad) {
        var schema = "{\"type\":\"string\",\"format\":\"" + format + "\"}";
        assertThat(check(schema, good)).isEmpty();
        assertThat(check(schema, bad))
                .extracting(FieldCause::toString)
                .containsExactly(
                        "f: Invalid value: %s: f in body must be of type %s: %s"
                                .formatted(bad, format, bad));
    }

    @Test
    void takesNumbersAsJsonHasThem() {
        assertThat(check("{\"type\":\"number\"}", "5")).isEmpty();
        assertThat(check("{\"type\":\"integer\"}", "5.0")).isEmpty();
        assertThat(check("{\"type\":\"integer\",\"enum\":[5]}", "5.0")).isEmpty();
        assertThat(check("{\"type\":\"integer\"}", "1.5"))
                .extracting(FieldCause::field)
                .containsExactlyInAnyOrder("<nil>", "f");
    }

    @Test
    void acceptsNullOnlyWhereItIsAValue() {
        assertThat(check("{\"type\":\"string\",\"nullable\":true}", "null")).isEmpty();
        assertThat(check("{\"type\":\"string\"}", "null")).hasSize(1);
    }

    @Test
    void reportsTheBestBranchToo() {
        var schema =
                """
                {"type":"object","anyOf":[{"required":["a","b"]},{"required":["c"]}]}\
                """;
        assertThat(check(schema, "{}"))
                .extracting(FieldCause::toString)
                .containsExactly(
                        "<nil>: Invalid value: \"\": \"f\" must validate at least one schema (anyOf)",
                        "f.c: Required value");
    }

    @Test
    void reportsEveryBranchOfAll() {
        var schema =
                """
                {"type":"object","allOf":[{"required":["a"]},{"required":["b"]}]}\
                """;
        assertThat(check(schema, "{\"a\":1}"))
                .extracting(FieldCause::toString)
                .containsExactly(
                        "<nil>: Invalid value: \"\": \"f\" must validate all the schemas (allOf)",
                        "f.b: Required value");
    }

    @Test
    void showsTheKeysOfDuplicates() {
        var schema =
                """
                {"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["n"],
                 "items":{"type":"object"}}\
                """;
        assertThat(check(schema, "[{\"n\":\"a\",\"x\":1},{\"n\":\"b\"},{\"n\":\"a\"}]"))
                .containsExactly(
                        new FieldCause(
                                "FieldValueDuplicate", "f[2]", "Duplicate value: {\"n\":\"a\"}"));
    }

    @Test
    void namesTheWholeObjectNil() {
        var schema = SchemaReader.read(Map.of("type", "object"));
        assertThat(Validation.check("x", schema, ""))
                .extracting(FieldCause::field)
                .containsExactly("<nil>");
    }

    @Test
    void findsEverythingAtOnce() {
        var schema =
                """
                {"type":"object","required":["c"],"properties":{"a":{"type":"string"},"b":{"type":"integer"}}}\
                """;
        assertThat(check(schema, "{\"a\":1,\"b\":\"x\"}"))
                .extracting(FieldCause::field)
                .containsExactlyInAnyOrder("f.a", "f.b", "f.c");
    }

    @Test
    void stopsAtTheMostCauses() {
        var bad = java.util.Collections.<Object>nCopies(Validation.MAX_CAUSES + 5, "x");
        var schema =
                SchemaReader.read(
                        Json.readObject("{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}"));
        assertThat(Validation.check(bad, schema, "f")).hasSize(Validation.MAX_CAUSES);
    }

    @Test
    void matchesPatternsInLinearTime() {
        var schema = "{\"type\":\"string\",\"pattern\":\"^(a+)+$\"}";
        assertThat(check(schema, "\"" + "a".repeat(50_000) + "!\"")).hasSize(1);
    }

    private static List<FieldCause> check(String schema, String value) {
        return Validation.check(
                Json.read(value.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                SchemaReader.read(Json.readObject(schema)),
                "f");
    }
}
