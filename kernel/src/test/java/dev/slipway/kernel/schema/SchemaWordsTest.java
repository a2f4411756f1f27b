package dev.slipway.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaWordsTest {
    private static final Schema OF_DEFINITIONS =
            Definitions.load()
                    .schema(
                            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition");

    @Test
    void findsMisspeltWordsAtEveryDepth() {
        Map<String, Object> crd =
                Json.readObject(
                        """
                        {"spec":{"versions":[{"schema":{"openAPIV3Schema":{"type":"object","properties":{
                          "minLenght":{"type":"string","minLenght":3,"default":{"free":1}},
                          "list":{"type":"array","items":{"anyOf":[{"maximun":1}]}},
                          "map":{"additionalProperties":{"typ":"string"}}}}}}]}}\
                        """);

        var root = "spec.versions[0].schema.openAPIV3Schema.properties.";
        assertThat(SchemaWords.prune(crd, OF_DEFINITIONS))
                .containsExactly(
                        root + "list.items.anyOf[0].maximun",
                        root + "map.additionalProperties.typ",
                        root + "minLenght.minLenght");
        assertThat(Json.text(crd)).doesNotContain("maximun", "typ\"").contains("free");
    }
}
