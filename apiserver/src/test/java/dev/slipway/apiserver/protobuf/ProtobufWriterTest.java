package dev.slipway.apiserver.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufWriterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"apiVersion": "apps/v1", "kind": "Deployment",
                 "metadata": {"name": "web", "generation": 3, "creationTimestamp": "2026-11-22T01:02:03Z",
                   "labels": {"a": "", "b": "c"},
                   "managedFields": [{"manager": "m", "operation": "Apply", "apiVersion": "apps/v1",
                     "time": "2026-11-22T01:02:03Z", "fieldsType": "FieldsV1", "fieldsV1": {"f:spec": {"f:replicas": {}}}}]},
                 "spec": {"replicas": 0, "selector": {"matchLabels": {"app": "web"}},
                   "strategy": {"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 1}},
                   "template": {"metadata": {"creationTimestamp": null}, "spec": {
                     "volumes": [{"name": "v", "emptyDir": {}}, {"name": "c", "configMap": {"name": "m", "optional": false}}],
                     "containers": [{"name": "c", "args": ["-c", ""], "resources": {"limits": {"cpu": "1500m"}},
                       "securityContext": {"runAsUser": -1},
                       "livenessProbe": {"httpGet": {"path": "/", "port": "http"}}}]}}},
                 "status": {}}
                """,
                """
                {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"},
                 "data": {"empty": "", "p": "aHVudGVyMg=="}, "type": "Opaque", "immutable": false}
                """,
                """
                {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "as.b.c"},
                 "spec": {"versions": [{"name": "v1", "served": true, "storage": false, "schema": {"openAPIV3Schema":
                   {"type": "object", "default": {"a": [1, "x", null]}, "enum": ["one", null, 2.5], "maximum": -0.5,
                    "items": {"type": "string"},
                    "properties": {"l": {"items": [{"type": "string"}, {"type": "boolean"}]}},
                    "additionalProperties": {"type": "integer"}, "dependencies": {"d": ["l"], "e": {"type": "string"}},
                    "additionalItems": false, "x-kubernetes-preserve-unknown-fields": true}}}]}}
                """,
                """
                {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": "l"},
                 "spec": {"holderIdentity": "", "renewTime": "2026-11-22T01:02:03.000456Z", "leaseTransitions": 0}}
                """,
                """
                {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
                 "spec": {"user": "u", "extra": {"many": ["a", "b"], "none": []}}, "status": {"allowed": false}}
                """
            })
    void writesWhatIsReadAgain(String json) {
        var tree = Json.readObject(json);

        var read = Protobuf.read(ProtobufWriter.write(tree).orElseThrow());

        assertThat(read).isEqualTo(withoutNull(tree));
    }

    /// Null says nothing where a moment may stand.
    private static Map<String, Object> withoutNull(Map<String, Object> tree) {
        if (Json.at(tree, "spec", "template", "metadata") instanceof Map<?, ?> metadata) {
            metadata.remove("creationTimestamp");
        }
        return tree;
    }

    /// What the Go client writes for the same status, but for empty fields.
    @Test
    void writesTheBytesThatAreExpected() {
        var status =
                Json.readObject(
                        """
                        {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "code": 404}
                        """);

        assertThat(HexFormat.of().formatHex(ProtobufWriter.write(status).orElseThrow()))
                .isEqualTo(
                        "6b387300"
                                + "0a0c"
                                + ("0a02" + "7631" + "1206" + "537461747573")
                                + "120e"
                                + ("0a00" + "1207" + "4661696c757265" + "309403")
                                + "1a002200");
    }

    @Test
    void writesListsWhoseItemsDoNotRepeatTheirKind() {
        var list =
                Json.readObject(
                        """
                        {"kind": "ConfigMapList", "apiVersion": "v1", "metadata": {"resourceVersion": "7"},
                         "items": [{"metadata": {"name": "a"}}, {"metadata": {"name": "b"}}]}
                        """);

        var text =
                new String(ProtobufWriter.write(list).orElseThrow(), StandardCharsets.ISO_8859_1);

        assertThat(text).contains("ConfigMapList").contains("\022\005\n\003\n\001a\022\005");
    }

    @Test
    void writesTheMetadataOfAnyKind() {
        var partial =
                Json.readObject(
                        """
                        {"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": {"name": "a"}}
                        """);

        assertThat(ProtobufWriter.write(partial)).isPresent();
        assertThat(ProtobufWriter.writes("meta.k8s.io/v1", "PartialObjectMetadata")).isTrue();
    }

    @Test
    void doesNotWriteKindsOfOthers() {
        var shop = Json.readObject("{\"apiVersion\": \"example.com/v1\", \"kind\": \"Shop\"}");

        assertThat(ProtobufWriter.write(shop)).isEmpty();
        assertThat(ProtobufWriter.writes("example.com/v1", "Shop")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"metadata\": \"text\"}",
                "{\"metadata\": {\"name\": 1}}",
                "{\"metadata\": {\"labels\": {\"a\": 1}}}",
                "{\"metadata\": {\"finalizers\": {}}}",
                "{\"metadata\": {\"creationTimestamp\": \"yesterday\"}}",
                "{\"binaryData\": {\"a\": \"*\"}}",
                "{\"immutable\": \"yes\"}"
            })
    void doesNotWriteWhatDoesNotFit(String json) {
        var tree = Json.readObject(json);
        tree.put("apiVersion", "v1");
        tree.put("kind", "ConfigMap");

        assertThat(ProtobufWriter.write(tree)).isEmpty();
    }

    @Test
    void putsTheLengthBeforeAnEvent() throws IOException {
        var out = new ByteArrayOutputStream();

        ProtobufWriter.writeEvent("ADDED", new byte[] {1, 2, 3}, out);

        assertThat(HexFormat.of().formatHex(out.toByteArray()))
                .isEqualTo("0000000e" + "0a05" + "4144444544" + "1205" + "0a03010203");
    }
}
