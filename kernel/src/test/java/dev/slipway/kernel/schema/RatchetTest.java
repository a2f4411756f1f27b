package dev.slipway.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatchetTest {
    private static final Schema SCHEMA =
            SchemaReader.read(
                    Json.readObject(
                            """
                            {"type": "object", "properties": {"spec": {"type": "object", "required": ["name"], "properties": {
                              "name": {"type": "string", "maxLength": 2},
                              "size": {"type": "integer", "minimum": 5},
                              "tags": {"type": "array", "items": {"type": "string", "maxLength": 1}},
                              "labels": {"type": "object", "additionalProperties": {"type": "string", "maxLength": 1}},
                              "ports": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["n"],
                                "items": {"type": "object", "properties": {"n": {"type": "string"}, "v": {"type": "integer", "maximum": 1}}}},
                              "set": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}}
                            }}}}
                            """));

    @Test
    void forgivesWhatStayed() {
        assertThat(changed("{\"name\":\"long\",\"size\":1}", "{\"name\":\"long\",\"size\":9}"))
                .containsExactly("spec.size");
        assertThat(changed("{\"size\":9}", "{\"size\":8}"))
                .as("the object that lacks a field has changed")
                .containsExactly("spec.name");
    }

    @Test
    void knowsItemsByTheirKeysOnly() {
        assertThat(
                        changed(
                                "{\"name\":\"a\",\"ports\":[{\"n\":\"b\",\"v\":2},{\"n\":\"a\",\"v\":3}]}",
                                "{\"name\":\"a\",\"ports\":[{\"n\":\"a\",\"v\":3}]}"))
                .containsExactly("spec.ports[0].v");
        assertThat(
                        changed(
                                "{\"name\":\"a\",\"tags\":[\"xx\",\"y\"]}",
                                "{\"name\":\"a\",\"tags\":[\"xx\"]}"))
                .containsExactly("spec.tags[0]");
        assertThat(
                        changed(
                                "{\"name\":\"b\",\"tags\":[\"xx\"]}",
                                "{\"name\":\"a\",\"tags\":[\"xx\"]}"))
                .isEmpty();
    }

    @Test
    void followsKeysWithDots() {
        assertThat(
                        changed(
                                "{\"name\":\"b\",\"labels\":{\"a.b\":\"xx\",\"a\":\"x\"}}",
                                "{\"name\":\"a\",\"labels\":{\"a.b\":\"xx\"}}"))
                .isEmpty();
    }

    @Test
    void forgivesMoreOfTheSameDuplicates() {
        assertThat(
                        changed(
                                "{\"name\":\"a\",\"set\":[\"x\",\"x\",\"x\"]}",
                                "{\"name\":\"a\",\"set\":[\"x\",\"x\"]}"))
                .isEmpty();
        assertThat(
                        changed(
                                "{\"name\":\"a\",\"set\":[\"x\",\"x\"]}",
                                "{\"name\":\"a\",\"set\":[\"x\"]}"))
                .containsExactly("spec.set[1]");
        assertThat(changed("{\"set\":[\"x\",\"x\"]}", "{\"set\":[\"x\",\"x\"]}")).isEmpty();
    }

    private static List<String> changed(String now, String before) {
        var object = Json.readObject("{\"spec\":" + now + "}");
        var causes = Validation.check(object, SCHEMA, "");

        return Ratchet.changed(causes, SCHEMA, object, Json.readObject("{\"spec\":" + before + "}"))
                .stream()
                .map(FieldCause::field)
                .toList();
    }
}
