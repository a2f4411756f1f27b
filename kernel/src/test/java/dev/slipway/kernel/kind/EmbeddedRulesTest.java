package dev.slipway.kernel.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.SchemaReader;
import dev.slipway.kernel.schema.Validation;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedRulesTest {
    private static final String SCHEMA =
            """
            {"type":"object","properties":{"f":
              {"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true}}}
            """;

    private static List<String> problems(String resource) {
        return Validation.check(
                        Json.readObject("{\"f\":" + resource + "}"),
                        SchemaReader.read(Json.readObject(SCHEMA)),
                        "",
                        EmbeddedRules::check)
                .stream()
                .map(FieldCause::toString)
                .toList();
    }

    @Test
    void wantsToKnowWhatItIs() {
        assertThat(problems("{}"))
                .containsExactly(
                        "f.apiVersion: Required value: must not be empty",
                        "f.kind: Required value: must not be empty");
        assertThat(problems("{\"apiVersion\":\"a/b/c\",\"kind\":\"\"}"))
                .containsExactly(
                        "f.apiVersion: Invalid value: \"a/b/c\": unexpected GroupVersion string: a/b/c",
                        "f.kind: Invalid value: \"\": must not be empty");
        assertThat(problems("{\"apiVersion\":\"v1\",\"kind\":\"x y\"}"))
                .singleElement()
                .asString()
                .startsWith(
                        "f.kind: Invalid value: \"x y\": may have mixed case, but should otherwise match: a DNS-1035");
    }

    @Test
    void checksItsMetadata() {
        var resource = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"labels\":{%s}}}";
        assertThat(problems(resource.formatted("\"a\":\"b\""))).isEmpty();
        assertThat(problems(resource.formatted("\"a\":1")))
                .singleElement()
                .asString()
                .startsWith("f.metadata.labels.a: Invalid value");
        assertThat(problems(resource.formatted("\"a b\":\"1\"")))
                .singleElement()
                .asString()
                .startsWith("f.metadata.labels: Invalid value: \"a b\": name part must consist of");
    }
}
