package dev.slipway.kernel.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.kind.Kind.NameRule;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataRulesTest {
    @Test
    void asksForAName() {
        assertThat(check("{}"))
                .containsExactly(
                        FieldCause.required("metadata.name", "name or generateName is required"));
        assertThat(check("{\"generateName\":\"web-\"}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Abc", "-a", "a b", "..", "a_b", "a."})
    void refusesNamesThatAreNoSubdomains(String name) {
        assertThat(check(Json.text(Map.of("name", name))))
                .singleElement()
                .extracting(FieldCause::toString)
                .asString()
                .startsWith(
                        "metadata.name: Invalid value: \""
                                + name
                                + "\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                                + " '-' or '.', and must start and end with an alphanumeric character (e.g."
                                + " 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.");
    }

    @Test
    void boundsNames() {
        assertThat(check(Json.text(Map.of("name", "a".repeat(253))))).isEmpty();
        assertThat(check(Json.text(Map.of("name", "a".repeat(254)))))
                .extracting(FieldCause::message)
                .containsExactly(
                        "Invalid value: \""
                                + "a".repeat(254)
                                + "\": must be no more than 253 characters");
    }

    @Test
    void letsPathSegmentsBeAlmostAnything() {
        assertThat(MetadataRules.nameProblems("system:node", NameRule.PATH_SEGMENT)).isEmpty();
        assertThat(MetadataRules.nameProblems("a/b", NameRule.PATH_SEGMENT))
                .containsExactly("may not contain '/'");
        assertThat(MetadataRules.nameProblems(".", NameRule.PATH_SEGMENT))
                .containsExactly("may not be '.'");
    }

    @Test
    void refusesDotsInLabelNames() {
        assertThat(MetadataRules.nameProblems("a.b", NameRule.LABEL))
                .containsExactly("must not contain dots");
        assertThat(MetadataRules.nameProblems("1a", NameRule.LABEL)).isEmpty();
    }

    @Test
    void checksLabels() {
        assertThat(
                        check(
                                """
                                {"name":"a","labels":{"bad key":"x","ok":"bad value!","/k":"","good.example.com/k":""}}\
                                """))
                .extracting(FieldCause::message)
                .satisfiesExactly(
                        one ->
                                assertThat(one)
                                        .startsWith(
                                                "Invalid value: \"bad key\": name part must consist of"),
                        one ->
                                assertThat(one)
                                        .startsWith(
                                                "Invalid value: \"bad value!\": a valid label must be"),
                        one ->
                                assertThat(one)
                                        .isEqualTo(
                                                "Invalid value: \"/k\": prefix part must be non-empty"));
    }

    @Test
    void foldsTheCaseOfAnnotationKeysOnly() {
        assertThat(check("{\"name\":\"a\",\"annotations\":{\"Example.com/K\":\"\"}}")).isEmpty();
        assertThat(check("{\"name\":\"a\",\"labels\":{\"Example.com/K\":\"\"}}")).hasSize(1);
    }

    @Test
    void boundsAnnotationsTogether() {
        var most = MetadataRules.MAX_ANNOTATIONS_BYTES;
        assertThat(annotated(most - 1)).isEmpty();
        assertThat(annotated(most))
                .containsExactly(
                        new FieldCause(
                                "FieldValueTooLong",
                                "metadata.annotations",
                                "Too long: may not be more than 262144 bytes"));
    }

    @Test
    void wantsQualifiedFinalizersOnBuiltInKinds() {
        var metadata =
                "{\"name\":\"a\",\"finalizers\":[\"nodomain\",\"orphan\",\"example.com/f\"]}";
        assertThat(check(metadata)).isEmpty();
        assertThat(MetadataRules.check(resource(metadata), kind(true)))
                .extracting(FieldCause::toString)
                .containsExactly(
                        "metadata.finalizers[0]: Invalid value: \"nodomain\": name is neither a standard finalizer name"
                                + " nor is it fully qualified");
    }

    @Test
    void checksOwners() {
        assertThat(
                        check(
                                """
                                {"name":"a","ownerReferences":[{"apiVersion":"v1","kind":"K","name":"n","uid":""}]}\
                                """))
                .extracting(FieldCause::toString)
                .containsExactly(
                        "metadata.ownerReferences.uid: Invalid value: \"\": must not be empty");
        assertThat(
                        check(
                                """
                                {"name":"a","ownerReferences":[
                                  {"apiVersion":"v1","kind":"K","name":"n","uid":"1","controller":true},
                                  {"apiVersion":"v1","kind":"L","name":"m","uid":"2","controller":true}]}\
                                """))
                .singleElement()
                .extracting(FieldCause::message)
                .asString()
                .endsWith(
                        "Only one reference can have Controller set to true. Found \"true\" in references for K/n and L/m");
    }

    private static List<FieldCause> annotated(int bytes) {
        return check(Json.text(Map.of("name", "a", "annotations", Map.of("k", "v".repeat(bytes)))));
    }

    private static List<FieldCause> check(String metadata) {
        return MetadataRules.check(resource(metadata), kind(false));
    }

    private static Resource resource(String metadata) {
        return new Resource(Json.readObject("{\"metadata\":" + metadata + "}"));
    }

    private static Kind kind(boolean builtIn) {
        return new Kind(
                "example.com",
                Names.of("things", "Thing"),
                true,
                List.of(KindVersion.of("v1", Schema.ANY)),
                List.of(),
                new Kind.Rules(builtIn, true, false, false, NameRule.SUBDOMAIN));
    }
}
