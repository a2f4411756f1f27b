package dev.slipway.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import org.junit.jupiter.api.Test;

class SchemaWriterTest {
    @Test
    void writesWhatWasRead() {
        var openApi =
                Json.readObject(
                        """
                        {"type":"object","description":"d","required":["a"],"properties":{
                          "a":{"type":"string","pattern":"^x","default":"x","x-kubernetes-validations":[{"rule":"true"}]},
                          "p":{"anyOf":[{"type":"integer"},{"type":"string"}],"x-kubernetes-int-or-string":true},
                          "l":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["n"],
                               "items":{"type":"object","properties":{"n":{"type":"string"}},"required":["n"]}},
                          "m":{"type":"object","additionalProperties":{"type":"boolean","nullable":true}},
                          "e":{"type":"string","enum":["a","b"]},
                          "f":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}\
                        """);
        assertThat(SchemaWriter.write(SchemaReader.read(openApi))).isEqualTo(openApi);
    }

    @Test
    void writesReferencesOut() {
        var schema = Definitions.load().schema("io.k8s.api.apps.v1.Deployment");
        assertThat(Json.text(SchemaWriter.write(schema)))
                .doesNotContain("$ref\":\"")
                .doesNotContain("x-slipway")
                .contains("terminationMessagePath");
    }
}
