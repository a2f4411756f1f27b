package dev.slipway.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PruningTest {
    private static final Schema SCHEMA =
            SchemaReader.read(
                    Json.readObject(
                            """
                            {"type":"object","properties":{"spec":{"type":"object","properties":{
                              "a":{"type":"string"},
                              "list":{"type":"array","items":{"type":"object","properties":{"x":{"type":"string"}}}},
                              "map":{"type":"object","additionalProperties":{"type":"object","properties":{"v":{"type":"string"}}}},
                              "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true,
                                      "properties":{"known":{"type":"object","properties":{"a":{"type":"string"}}}}},
                              "embedded":{"type":"object","x-kubernetes-embedded-resource":true,
                                          "properties":{"spec":{"type":"object"}}}
                            }}}}\
                            """));

    @Test
    void removesAndReportsUnknownFields() {
        var object = object("{\"a\":\"x\",\"colour\":1,\"list\":[{\"x\":\"1\",\"z\":2}]}");
        assertThat(Pruning.prune(object, SCHEMA)).containsExactly("spec.colour", "spec.list[0].z");
        assertThat(object.get("spec"))
                .isEqualTo(Json.readObject("{\"a\":\"x\",\"list\":[{\"x\":\"1\"}]}"));
    }

    @Test
    void keepsTheKeysOfMaps() {
        var object = object("{\"map\":{\"any\":{\"v\":\"1\",\"w\":2}}}");
        assertThat(Pruning.prune(object, SCHEMA)).containsExactly("spec.map.any.w");
        assertThat(Json.at(object, "spec", "map", "any")).isEqualTo(Map.of("v", "1"));
    }

    @Test
    void keepsWhatIsPreservedButPrunesBelowDeclaredFields() {
        var object = object("{\"free\":{\"other\":{\"b\":1},\"known\":{\"a\":\"1\",\"b\":1}}}");
        assertThat(Pruning.prune(object, SCHEMA)).containsExactly("spec.free.known.b");
    }

    @Test
    void holdsMetadataAgainstItsOwnShape() {
        var object = object("{}");
        Json.child(object, "metadata").put("zzz", 1L);
        Json.child(object, "metadata").put("labels", Map.of("any", "thing"));
        assertThat(Pruning.prune(object, SCHEMA)).containsExactly("metadata.zzz");
        assertThat(object).containsKeys("apiVersion", "kind");
    }

    @Test
    void keepsTheIdentityOfEmbeddedResources() {
        var object =
                object(
                        """
                        {"embedded":{"apiVersion":"v1","kind":"X","metadata":{"name":"a","zzz":1},"other":1}}\
                        """);
        assertThat(Pruning.prune(object, SCHEMA))
                .containsExactly("spec.embedded.metadata.zzz", "spec.embedded.other");
        assertThat(Json.at(object, "spec", "embedded", "metadata")).isEqualTo(Map.of("name", "a"));
    }

    @Test
    void prunesValuesOfTheWrongShape() {
        assertThat(Pruning.prune(object("{\"list\":{\"a\":1}}"), SCHEMA))
                .containsExactly("spec.list.a");
    }

    @Test
    void asksWithoutChanging() {
        Map<String, Object> value = Json.readObject("{\"a\":\"x\",\"z\":1}");
        var spec = SCHEMA.properties().get("spec");
        assertThat(Pruning.unknown(value, java.util.Objects.requireNonNull(spec)))
                .isEqualTo(List.of("z"));
        assertThat(value).containsKey("z");
    }

    private static Map<String, Object> object(String spec) {
        return Json.readObject(
                "{\"apiVersion\":\"example.com/v1\",\"kind\":\"T\",\"metadata\":{\"name\":\"a\"},\"spec\":"
                        + spec
                        + "}");
    }
}
