package dev.slipway.kernel.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private static final String CRD =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: databases.acme.dev}
            spec:
              group: acme.dev
              scope: Namespaced
              names: {plural: databases, singular: database, kind: Database, listKind: DatabaseList}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        properties:
                          size: {type: integer}
                          password: {type: string, format: password}
                          users:
                            type: array
                            items:
                              type: object
                              properties:
                                name: {type: string}
                                token: {type: string, format: password}
                          keys:
                            type: object
                            additionalProperties: {type: string, format: password}
                          pins:
                            type: array
                            items: {type: string, format: password}
            """;

    @Test
    void hidesTheValuesOfSecretsAndKeepsTheirKeys() {
        var secret =
                tree(
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata:
                          name: db
                          annotations:
                            kubectl.kubernetes.io/last-applied-configuration: '{"stringData":{"user":"joe"}}'
                            note: kept
                        type: Opaque
                        data: {user: am9l, password: aHVudGVyMg==}
                        stringData: {extra: plain}
                        """);

        var redacted = of("secrets").redacted(secret);

        assertThat(redacted.get("data"))
                .isEqualTo(Map.of("user", "(hidden)", "password", "(hidden)"));
        assertThat(Json.text(redacted))
                .contains("Opaque", "kept")
                .doesNotContain("am9l", "joe", "plain", "aHVudGVyMg");
    }

    @Test
    void hidesFieldsThatAreCalledPasswordsByTheirSchema() {
        var database =
                tree(
                        """
                        apiVersion: acme.dev/v1
                        kind: Database
                        metadata: {name: db}
                        spec:
                          size: 3
                          password: hunter2
                          users: [{name: joe, token: abc}, {name: ann}]
                          keys: {first: one}
                          pins: ["1234"]
                        """);

        var redacted = Redaction.of(CustomKinds.of(new Resource(tree(CRD)))).redacted(database);

        assertThat(Json.text(redacted.get("spec")))
                .isEqualTo(
                        "{\"size\":3,\"password\":\"(hidden)\",\"users\":[{\"name\":\"joe\",\"token\":\"(hidden)\"},"
                                + "{\"name\":\"ann\"}],\"keys\":{\"first\":\"(hidden)\"},\"pins\":[\"(hidden)\"]}");
    }

    @Test
    void leavesOfWhatIsDeletedItsMetadataAndWhatSelectorsAskFor() {
        var secret =
                tree(
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata:
                          name: door
                          labels: {app: shop}
                          annotations:
                            kubectl.kubernetes.io/last-applied-configuration: '{"stringData":{"user":"joe"}}'
                            note: kept
                          managedFields: [{manager: kubectl}]
                        immutable: true
                        type: Opaque
                        data: {user: am9l}
                        """);

        assertThat(Json.text(of("secrets").remains(secret)))
                .isEqualTo(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"door\","
                                + "\"labels\":{\"app\":\"shop\"},\"annotations\":{\"note\":\"kept\"}},\"type\":\"Opaque\"}");
        assertThat(secret).containsKey("data");
        assertThat(of("configmaps").remains(secret)).isSameAs(secret);
    }

    @Test
    void leavesTheObjectItselfAsItWas() {
        var secret = tree("{apiVersion: v1, kind: Secret, data: {user: am9l}}");

        of("secrets").redacted(secret);

        assertThat(secret.get("data")).isEqualTo(Map.of("user", "am9l"));
    }

    @Test
    void hidesNothingOfOtherKinds() {
        var map = tree("{apiVersion: v1, kind: ConfigMap, data: {user: joe}}");

        assertThat(of("configmaps").hides()).isFalse();
        assertThat(of("configmaps").redacted(map)).isSameAs(map);
    }

    private static Redaction of(String plural) {
        return BuiltInKinds.load().stream()
                .filter(kind -> kind.names().plural().equals(plural))
                .map(Redaction::of)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> tree(String yaml) {
        return Json.cast((Map<?, ?>) Yaml.read(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
