package dev.slipway.kernel.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrdRulesTest {
    private static final String A =
            "spec.validation.openAPIV3Schema.properties[spec].properties[a]";

    @Test
    void acceptsADefinition() {
        assertThat(check(crd("{\"type\":\"string\"}"))).isEmpty();
    }

    /// One row: the schema of a field, and the one thing that is wrong with it, below the field's path.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"description":"x"} | .type: Required value: must not be empty for specified object fields
                    {"type":"array","items":{}} | .items.type: Required value: must not be empty for specified array items
                    {"type":"text"} | .type: Unsupported value: "text": supported values: "array", "boolean", "integer", "number", "object", "string"
                    {"type":"null"} | .type: Forbidden: type cannot be set to null, use nullable as an alternative
                    {"type":"array"} | .items: Required value: must be specified
                    {"type":"array","items":[{"type":"string"}]} | .items: Forbidden: items must be a schema object and not an array
                    {"$ref":"#/x"} | .$ref: Forbidden: $ref is not supported
                    {"type":"array","items":{"type":"string"},"uniqueItems":true} | .uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic
                    {"type":"object","properties":{"b":{"type":"string"}},"additionalProperties":{"type":"string"}} | .additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive
                    {"type":"string","pattern":"["} | .pattern: Invalid value: "[": must be a valid regular expression, but isn't: error parsing regexp: missing closing ]: `[`
                    {"type":"array","items":{"type":"string"},"x-kubernetes-list-type":"bag"} | .x-kubernetes-list-type: Unsupported value: "bag": supported values: "atomic", "set", "map"
                    {"type":"string","pattern":"(a{0,100}){0,100}"} | .pattern: Invalid value: "(a{0,100}){0,100}": must be a valid regular expression, but isn't: error parsing regexp: invalid repeat count: `(a{0,100}){0,100}`
                    {"type":"array","items":{"type":"object"},"x-kubernetes-list-type":"map"} | .x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map
                    {"type":"array","items":{"type":"object"},"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["z"]} | .x-kubernetes-list-map-keys: Invalid value: ["z"]: entries must all be names of item properties
                    {"type":"array","items":{"type":"object","properties":{"n":{"type":"string"}}},"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["n"]} | .items.properties[n].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property
                    {"type":"object","oneOf":[{"properties":{"b":{"type":"string"}}}]} | .oneOf[0].properties[b].type: Forbidden: must be empty to be structural
                    {"type":"object","not":{"nullable":true}} | .not.nullable: Forbidden: must be false to be structural
                    {"type":"object","anyOf":[{"default":{}}]} | .anyOf[0].default: Forbidden: must be undefined to be structural
                    {"type":"integer","default":"x"} | .default: Invalid value: "string":  in body must be of type integer: "string"
                    {"type":"integer","minimum":5,"default":1} | .default: Invalid value: 1:  in body should be greater than or equal to 5
                    {"type":"object","default":{"z":1}} | .default: Invalid value: {"z":1}: must not have unknown fields: z
                    {"type":"string","x-kubernetes-preserve-unknown-fields":false} | .x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined
                    {"type":"object","x-kubernetes-embedded-resource":true} | .properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields
                    {"type":"object","x-kubernetes-embedded-resource":true,"properties":{"kind":{"type":"integer"}}} | .properties[kind].type: Invalid value: "integer": must be string
                    """)
    void wantsStructuralSchemas(String schema, String problem) {
        assertThat(check(crd(schema))).containsExactly(A + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"x-kubernetes-int-or-string":true}
                    {"type":"string","x-kubernetes-int-or-string":true}
                    {"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]}
                    {"x-kubernetes-int-or-string":true,"allOf":[{"anyOf":[{"type":"integer"},{"type":"string"}]},{"pattern":"x"}]}
                    {"x-kubernetes-preserve-unknown-fields":true}
                    {"type":"string","enum":[]}
                    {"type":"object","oneOf":[{"required":["b"]}],"properties":{"b":{"type":"string"}}}
                    """)
    void knowsTheExceptions(String schema) {
        assertThat(check(crd(schema))).isEmpty();
    }

    @Test
    void checksNames() {
        var crd = crd("{\"type\":\"string\"}");
        Json.child(Json.child(crd.tree(), "spec"), "names").put("plural", "Things");
        assertThat(check(crd))
                .satisfiesExactly(
                        one ->
                                assertThat(one)
                                        .isEqualTo(
                                                "metadata.name: Invalid value: \"things.example.com\": must be"
                                                        + " spec.names.plural+\".\"+spec.group"),
                        one ->
                                assertThat(one)
                                        .startsWith(
                                                "spec.names.plural: Invalid value: \"Things\": a DNS-1035 label must"));
    }

    @Test
    void wantsGroupsWithADot() {
        var crd = crd("{\"type\":\"string\"}");
        Json.child(crd.tree(), "spec").put("group", "nodot");
        Json.child(crd.tree(), "metadata").put("name", "things.nodot");
        assertThat(check(crd))
                .containsExactly(
                        "spec.group: Invalid value: \"nodot\": should be a domain with at least one dot");
    }

    @Test
    void protectsTheGroupsOfKubernetes() {
        var crd = crd("{\"type\":\"string\"}");
        Json.child(crd.tree(), "spec").put("group", "x.k8s.io");
        Json.child(crd.tree(), "metadata").put("name", "things.x.k8s.io");
        assertThat(check(crd))
                .singleElement()
                .asString()
                .startsWith(
                        "metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have");
        Json.child(Json.child(crd.tree(), "metadata"), "annotations")
                .put("api-approved.kubernetes.io", "unapproved, an experiment");
        assertThat(check(crd)).isEmpty();
    }

    @Test
    void wantsOneStoredVersion() {
        var crd = crd("{\"type\":\"string\"}");
        version(crd).put("storage", false);
        assertThat(check(crd))
                .satisfiesExactly(
                        one ->
                                assertThat(one)
                                        .endsWith(
                                                "must have exactly one version marked as storage version"),
                        one ->
                                assertThat(one)
                                        .isEqualTo(
                                                "status.storedVersions: Invalid value: null: must have at least one stored"
                                                        + " version"));
    }

    @Test
    void namesTheVersionWhereSchemasDiffer() {
        var crd = crd("{\"type\":\"string\"}");
        var second = Json.copy(version(crd));
        second.put("name", "v2");
        second.put("storage", false);
        Json.child(second, "schema").put("openAPIV3Schema", Map.of("type", "string"));
        Json.list(crd.spec(), "versions").add(second);
        assertThat(check(crd))
                .containsExactly(
                        "spec.versions[1].schema.openAPIV3Schema.type: Invalid value: \"string\": must be object at the"
                                + " root");
    }

    @Test
    void restrictsMetadataToNames() {
        var crd = crd("{\"type\":\"string\"}");
        Json.child(properties(crd), "metadata")
                .put("properties", Map.of("labels", Map.of("type", "object")));
        assertThat(check(crd))
                .containsExactly(
                        "spec.validation.openAPIV3Schema.properties[metadata]: Forbidden: must not specify anything other"
                                + " than name and generateName, but metadata is implicitly specified");
    }

    @Test
    void checksColumnsScaleAndSelectableFields() {
        var crd = crd("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}");
        var version = version(crd);
        version.put(
                "additionalPrinterColumns",
                List.of(Map.of("name", "A", "type", "text", "jsonPath", "spec.a")));
        version.put(
                "selectableFields",
                List.of(Map.of("jsonPath", ".spec.a"), Map.of("jsonPath", ".spec.z")));
        version.put(
                "subresources",
                Map.of(
                        "scale",
                        Map.of(
                                "specReplicasPath",
                                ".status.n",
                                "statusReplicasPath",
                                ".status.n")));
        assertThat(check(crd))
                .containsExactly(
                        "spec.additionalPrinterColumns[0].jsonPath: Invalid value: \"spec.a\": must be a simple json path"
                                + " starting with .",
                        "spec.additionalPrinterColumns[0].type: Invalid value: \"text\": must be one of"
                                + " boolean,date,integer,number,string",
                        "spec.selectableFields[0].jsonPath: Invalid value: \".spec.a\": must point to a field of type"
                                + " string, boolean or integer. Enum string fields and strings with formats are allowed.",
                        "spec.selectableFields[1].jsonPath: Invalid value: \".spec.z\": is an invalid path: does not refer"
                                + " to a valid field",
                        "spec.subresources.scale.specReplicasPath: Invalid value: \".status.n\": should be a json path"
                                + " under .spec");
    }

    @Test
    void keepsWhatObjectsAreStoredUnder() {
        var old = crd("{\"type\":\"string\"}");
        Json.child(old.tree(), "status").put("storedVersions", List.of("v0"));
        Json.child(old.tree(), "status")
                .put("conditions", List.of(Map.of("type", "Established", "status", "True")));
        var crd = crd("{\"type\":\"string\"}");
        crd.tree().put("status", Json.copy(old.status()));
        Json.child(crd.tree(), "spec").put("scope", "Cluster");
        assertThat(CrdRules.check(crd, Optional.of(old)))
                .extracting(FieldCause::toString)
                .satisfiesExactly(
                        one ->
                                assertThat(one)
                                        .isEqualTo(
                                                "spec.scope: Invalid value: \"Cluster\": field is immutable"),
                        one ->
                                assertThat(one)
                                        .startsWith(
                                                "status.storedVersions[0]: Invalid value: \"v0\": missing from"
                                                        + " spec.versions; v0 was previously a storage version"));
    }

    @Test
    void canBeRidOfAVersionThatNothingIsStoredIn() {
        var old = crd("{\"type\":\"string\"}");
        Json.child(old.tree(), "status").put("storedVersions", List.of("v9"));
        var crd = crd("{\"type\":\"string\"}");
        Json.child(crd.tree(), "status").put("storedVersions", List.of("v1"));
        assertThat(CrdRules.check(crd, Optional.of(old))).isEmpty();
    }

    @Test
    void keepsTheStorageVersionThatOnlyAWebhookCouldConvert() {
        var old = crd("{\"type\":\"string\"}");
        Json.child(Json.child(old.tree(), "spec"), "conversion")
                .putAll(
                        Map.of(
                                "strategy",
                                "Webhook",
                                "webhook",
                                Map.of(
                                        "clientConfig",
                                        Map.of("url", "https://example.com"),
                                        "conversionReviewVersions",
                                        List.of("v1"))));
        var crd = old.copy();
        var first = Json.cast((Map<?, ?>) Json.list(crd.spec(), "versions").getFirst());
        var second = Json.copy(first);
        second.put("name", "v2");
        Json.child(crd.tree(), "spec").put("versions", List.of(first, second));
        second.put("storage", false);
        assertThat(CrdRules.check(crd, Optional.of(old))).isEmpty();
        assertThat(CustomKinds.withheld(crd)).containsExactly("v2");
        assertThat(CustomKinds.of(crd).version("v2").orElseThrow().served()).isFalse();

        first.put("storage", false);
        second.put("storage", true);
        assertThat(CrdRules.check(crd, Optional.of(old)))
                .extracting(FieldCause::toString)
                .singleElement()
                .asString()
                .startsWith(
                        "spec.versions: Forbidden: the storage version cannot change from v1 to v2: spec.conversion.strategy is"
                                + " Webhook");
    }

    @Test
    void wantsToKnowWhoConverts() {
        var crd = crd("{\"type\":\"string\"}");
        Json.child(crd.tree(), "spec").put("conversion", Map.of("strategy", "Webhook"));
        assertThat(check(crd))
                .containsExactly(
                        "spec.conversion.conversionReviewVersions: Required value",
                        "spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook");
    }

    /// One row: the list or map around a field with a rule that looks back, and whether its parts can be found again.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"type":"array","maxItems":3,"items":RULE} | within spec.validation.openAPIV3Schema.properties[spec].properties[a]
                    {"type":"array","maxItems":3,"x-kubernetes-list-type":"set","items":RULE} | within spec.validation.openAPIV3Schema.properties[spec].properties[a]
                    {"type":"object","x-kubernetes-map-type":"atomic","properties":{"b":RULE}} | within spec.validation.openAPIV3Schema.properties[spec].properties[a]
                    {"type":"object","properties":{"b":RULE}} |
                    {"type":"object","maxProperties":2,"additionalProperties":RULE} |
                    {"type":"array","maxItems":3,"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],"items":{"type":"object","required":["k"],"properties":{"k":{"type":"string","maxLength":3},"b":RULE}}} |
                    """)
    void refusesToLookBackWhereNothingCorresponds(String schema, @Nullable String problem) {
        var rule =
                "{\"type\":\"string\",\"maxLength\":3,\"x-kubernetes-validations\":[{\"rule\":\"self == oldSelf\"}]}";
        var problems = check(crd(schema.replace("RULE", rule)));
        if (problem == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems)
                    .singleElement()
                    .asString()
                    .contains(
                            ".x-kubernetes-validations[0].rule: Invalid value",
                            "oldSelf cannot be used")
                    .endsWith(problem);
        }
    }

    @Test
    void makesTheKind() {
        var crd = crd("{\"type\":\"integer\"}");
        var version = version(crd);
        version.put("deprecated", true);
        version.put("subresources", Map.of("status", Map.of()));
        version.put(
                "additionalPrinterColumns",
                List.of(
                        Map.of(
                                "name",
                                "A",
                                "type",
                                "integer",
                                "jsonPath",
                                ".spec.a",
                                "priority",
                                1L)));
        var kind = CustomKinds.of(crd);
        assertThat(kind.apiVersion()).isEqualTo("example.com/v1");
        assertThat(kind.names()).isEqualTo(Names.of("things", "Thing").withShortNames("th"));
        assertThat(kind.namespaced()).isTrue();
        assertThat(kind.rules()).isEqualTo(Kind.Rules.CUSTOM);
        assertThat(kind.storage().status()).isTrue();
        assertThat(kind.storage().deprecationWarning())
                .contains("example.com/v1 Thing is deprecated");
        assertThat(kind.storage().columns())
                .containsExactly(
                        new PrinterColumn(
                                "A",
                                "integer",
                                "",
                                "Custom resource definition column (in JSONPath format): .spec.a",
                                1,
                                ".spec.a"));
    }

    private static List<String> check(Resource crd) {
        return CrdRules.check(crd).stream().map(FieldCause::toString).toList();
    }

    private static Map<String, Object> version(Resource crd) {
        return Json.cast((Map<?, ?>) Json.list(crd.spec(), "versions").getFirst());
    }

    private static Map<String, Object> properties(Resource crd) {
        return Json.child(
                Json.child(Json.child(version(crd), "schema"), "openAPIV3Schema"), "properties");
    }

    /// A definition whose `spec.a` has a schema.
    private static Resource crd(String schema) {
        return new Resource(
                Json.readObject(
                        """
                        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
                         "metadata":{"name":"things.example.com"},
                         "spec":{"group":"example.com","scope":"Namespaced",
                          "names":{"plural":"things","singular":"thing","kind":"Thing","listKind":"ThingList","shortNames":["th"]},
                          "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{
                            "type":"object","properties":{"metadata":{"type":"object"},
                             "spec":{"type":"object","properties":{"a":%s}}}}}}]}}\
                        """
                                .formatted(schema)));
    }

    @Test
    void boundsTheRulesOfADefinition() {
        var rules = String.join(",", Collections.nCopies(2_501, "{\"rule\":\"self > 0\"}"));
        assertThat(
                        check(
                                crd(
                                        "{\"type\":\"integer\",\"x-kubernetes-validations\":["
                                                + rules
                                                + "]}")))
                .containsExactly(
                        "spec.versions: Too many: 2501 rules of 20008 characters in x-kubernetes-validations:"
                                + " a definition may have 2500 of 500000");
    }
}
