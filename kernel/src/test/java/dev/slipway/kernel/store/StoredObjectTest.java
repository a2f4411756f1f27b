package dev.slipway.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredObjectTest {
    private static StoredObject object(String json) {
        var body = Json.write(Json.readObject(json));
        return new StoredObject(KindKey.of("", "things").resource("a", "x"), 7, body);
    }

    private static final StoredObject FULL =
            object(
                    """
                    {"apiVersion": "v1", "kind": "Thing",
                     "metadata": {
                       "annotations": {"labels": "{\\"a\\":\\"no\\"}", "quote": "\\\\\\" }"},
                       "name": "x",
                       "ownerReferences": [
                         {"kind": "Thing", "uid": "u1", "name": "{]"}, {"uid": "u2"}],
                       "labels": {"app": "web", "empty": "", "example.com/tier": "a"},
                       "finalizers": []},
                     "spec": {"labels": {"app": "no"}, "text": "gr\\u00fc\\"n", "flag": true, "number": -5,
                       "nothing": null, "list": ["a", {"b": [1]}], "nested": {"deep": {"er": "found"}}}}
                    """);

    @Test
    void findsLabels() {
        assertThat(FULL.label("app")).contains("web");
        assertThat(FULL.label("empty")).contains("");
        assertThat(FULL.label("ap")).isEmpty();
        assertThat(FULL.label("a")).isEmpty();
        assertThat(FULL.labels())
                .isEqualTo(Map.of("app", "web", "empty", "", "example.com/tier", "a"));
    }

    @Test
    void findsOwners() {
        assertThat(FULL.owners()).containsExactly("u1", "u2");
    }

    @Test
    void findsNothingWhereNothingIs() {
        var bare =
                object("{\"apiVersion\":\"v1\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"x\"}}");

        assertThat(bare.labels()).isEmpty();
        assertThat(bare.label("app")).isEmpty();
        assertThat(bare.owners()).isEmpty();
        assertThat(bare.field("spec.text")).isEmpty();
    }

    @Test
    void comparesFieldsAsTexts() {
        assertThat(FULL.field("spec.text")).isEqualTo("grü\"n");
        assertThat(FULL.field("spec.flag")).isEqualTo("true");
        assertThat(FULL.field("spec.number")).isEqualTo("-5");
        assertThat(FULL.field("spec.nothing")).isEmpty();
        assertThat(FULL.field("spec.list")).isEmpty();
        assertThat(FULL.field("spec.nested")).isEmpty();
        assertThat(FULL.field("spec.nested.deep.er")).isEqualTo("found");
        assertThat(FULL.field("spec.text.er")).isEmpty();
        assertThat(FULL.field("metadata.name")).isEqualTo("x");
        assertThat(FULL.field("kind")).isEqualTo("Thing");
    }

    @Test
    void putsItsRevisionIntoWhateverIsWritten() throws IOException {
        var metadata = new ByteArrayOutputStream();
        var rest = new ByteArrayOutputStream();
        FULL.writeMetadata(metadata);
        FULL.writeRest(rest);
        var whole = FULL.resource();

        assertThat(Json.readObject(FULL.bytes())).isEqualTo(whole.tree());
        assertThat(whole.resourceVersion()).isEqualTo("7");
        assertThat(Json.readObject(metadata.toByteArray())).isEqualTo(whole.metadata());
        assertThat(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Thing\","
                                + rest.toString(StandardCharsets.UTF_8))
                .isEqualTo(new String(FULL.bytes(), StandardCharsets.UTF_8));
    }
}
