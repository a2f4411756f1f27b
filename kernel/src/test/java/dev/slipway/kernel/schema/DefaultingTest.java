package dev.slipway.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultingTest {
    private static final Definitions DEFINITIONS = Definitions.load();

    private static final String SCHEMA =
            """
            {"type":"object","properties":{"spec":{"type":"object","default":{},"properties":{
              "a":{"type":"string","default":"one"},
              "plain":{"type":"string"},
              "nullable":{"type":"string","nullable":true,"default":"n"},
              "lazy":{"type":"object","properties":{"x":{"type":"integer","default":1}}},
              "list":{"type":"array","items":{"type":"object","properties":{"x":{"type":"integer","default":1}}}},
              "map":{"type":"object","additionalProperties":{"type":"object","properties":{"v":{"type":"string","default":"d"}}}},
              "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true}
            }}}}\
            """;

    @Test
    void fillsInAbsentFieldsOfAbsentParentsWithDefaults() {
        assertThat(defaulted("{}"))
                .isEqualTo(Json.readObject("{\"spec\":{\"a\":\"one\",\"nullable\":\"n\"}}"));
    }

    @Test
    void inventsNoParents() {
        assertThat(spec("{\"lazy\":{}}")).containsEntry("lazy", Map.of("x", 1L));
        assertThat(spec("{}")).doesNotContainKey("lazy");
    }

    @Test
    void defaultsItemsAndMapValues() {
        assertThat(spec("{\"list\":[{},{\"x\":2}],\"map\":{\"k\":{},\"l\":{\"v\":\"own\"}}}"))
                .containsEntry("list", java.util.List.of(Map.of("x", 1L), Map.of("x", 2L)))
                .containsEntry("map", Map.of("k", Map.of("v", "d"), "l", Map.of("v", "own")));
    }

    @Test
    void treatsNullAsAbsentWhereItIsNoValue() {
        assertThat(spec("{\"a\":null,\"plain\":null,\"nullable\":null,\"free\":{\"k\":null}}"))
                .containsEntry("a", "one")
                .doesNotContainKey("plain")
                .containsEntry("nullable", null)
                .containsEntry("free", Json.readObject("{\"k\":null}"));
    }

    @Test
    void dropsTheNullsOfMetadata() {
        Map<String, Object> object =
                Json.readObject(
                        "{\"metadata\":{\"name\":\"a\",\"labels\":null,\"creationTimestamp\":null}}");
        Defaulting.apply(object, read("{\"type\":\"object\"}"));
        assertThat(object.get("metadata")).isEqualTo(Map.of("name", "a"));
    }

    @Test
    void sharesNothingBetweenObjects() {
        var schema =
                read(
                        "{\"type\":\"object\",\"properties\":{\"m\":{\"type\":\"object\",\"default\":{\"k\":{}}}}}");
        Map<String, Object> first = Json.readObject("{}");
        Map<String, Object> second = Json.readObject("{}");
        Defaulting.apply(first, schema);
        Json.child(first, "m").put("changed", true);
        Defaulting.apply(second, schema);
        assertThat(second.get("m")).isEqualTo(Map.of("k", Map.of()));
    }

    @Test
    void completesADeploymentAsKubernetesDoes() {
        var deployment =
                Json.readObject(
                        """
                        {"spec":{"selector":{},"template":{"spec":{
                          "containers":[{"name":"m","image":"i","ports":[{"containerPort":80}],
                            "livenessProbe":{"httpGet":{"port":80}}}],
                          "volumes":[{"name":"c","configMap":{"name":"x"}}]}}}}\
                        """);
        Defaulting.apply(deployment, DEFINITIONS.schema("io.k8s.api.apps.v1.Deployment"));
        assertThat(deployment.get("spec"))
                .isEqualTo(
                        Json.readObject(
                                """
                                {"selector":{},"replicas":1,"revisionHistoryLimit":10,"progressDeadlineSeconds":600,
                                 "strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"}},
                                 "template":{"spec":{
                                   "containers":[{"name":"m","image":"i","imagePullPolicy":"Always",
                                     "ports":[{"containerPort":80,"protocol":"TCP"}],"resources":{},
                                     "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File",
                                     "livenessProbe":{"httpGet":{"port":80,"path":"/","scheme":"HTTP"},
                                       "timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3}}],
                                   "volumes":[{"name":"c","configMap":{"name":"x","defaultMode":420}}],
                                   "restartPolicy":"Always","dnsPolicy":"ClusterFirst","schedulerName":"default-scheduler",
                                   "securityContext":{},"terminationGracePeriodSeconds":30}}}\
                                """));
    }

    @Test
    void pullsOnlyImagesThatMove() {
        assertThat(pullPolicy("web")).isEqualTo("Always");
        assertThat(pullPolicy("registry:5000/web")).isEqualTo("Always");
        assertThat(pullPolicy("web:latest")).isEqualTo("Always");
        assertThat(pullPolicy("web:1")).isEqualTo("IfNotPresent");
        assertThat(pullPolicy("web@sha256:00")).isEqualTo("IfNotPresent");
    }

    @Test
    void completesServicesByTheirType() {
        assertThat(service("{\"ports\":[{\"port\":80}]}"))
                .isEqualTo(
                        Json.readObject(
                                """
                                {"ports":[{"port":80,"protocol":"TCP","targetPort":80}],"type":"ClusterIP",
                                 "sessionAffinity":"None","internalTrafficPolicy":"Cluster"}\
                                """));
        assertThat(service("{\"type\":\"ExternalName\",\"externalName\":\"x\"}"))
                .isEqualTo(
                        Map.of(
                                "type",
                                "ExternalName",
                                "externalName",
                                "x",
                                "sessionAffinity",
                                "None"));
    }

    @Test
    void encodesTheTextsOfSecrets() {
        var secret = Json.readObject("{\"data\":{\"a\":\"eA==\"},\"stringData\":{\"b\":\"y\"}}");
        Defaulting.apply(secret, DEFINITIONS.schema("io.k8s.api.core.v1.Secret"));
        assertThat(secret)
                .isEqualTo(Map.of("type", "Opaque", "data", Map.of("a", "eA==", "b", "eQ==")));
    }

    @Test
    void namesCustomKinds() {
        var names = Json.readObject("{\"kind\":\"SimpleApp\",\"plural\":\"simpleapps\"}");
        Defaulting.apply(
                names,
                DEFINITIONS.schema(
                        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"
                                + ".CustomResourceDefinitionNames"));
        assertThat(names)
                .containsEntry("singular", "simpleapp")
                .containsEntry("listKind", "SimpleAppList");
    }

    private static Object pullPolicy(String image) {
        Map<String, Object> container = Json.readObject("{\"image\":\"" + image + "\"}");
        Defaulting.apply(container, DEFINITIONS.schema("io.k8s.api.core.v1.Container"));
        return container.get("imagePullPolicy");
    }

    private static Map<String, Object> service(String spec) {
        var service = Json.readObject("{\"spec\":" + spec + "}");
        Defaulting.apply(service, DEFINITIONS.schema("io.k8s.api.core.v1.Service"));
        return Json.object(service, "spec");
    }

    private static Map<String, Object> spec(String spec) {
        return Json.object(defaulted("{\"spec\":" + spec + "}"), "spec");
    }

    private static Map<String, Object> defaulted(String object) {
        var tree = Json.readObject(object);
        Defaulting.apply(tree, read(SCHEMA));
        return tree;
    }

    private static Schema read(String schema) {
        return SchemaReader.read(Json.readObject(schema));
    }
}
