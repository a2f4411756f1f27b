package dev.slipway.kernel.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.Defaulting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BuiltInRulesTest {
    private static final Map<String, Kind> KINDS =
            BuiltInKinds.load().stream()
                    .collect(Collectors.toMap(kind -> kind.names().kind(), Function.identity()));

    private static final String POD =
            "{\"metadata\":{\"labels\":{\"app\":\"a\"}},\"spec\":{\"containers\":[{\"name\":\"m\",\"image\":\"i\"}]}}";

    @Test
    void acceptsADeployment() {
        assertThat(deployment("{\"matchLabels\":{\"app\":\"a\"}}", POD)).isEmpty();
    }

    @Test
    void wantsSelectorsToMatchTheirTemplates() {
        var message = "Invalid value: {\"app\":\"a\"}: `selector` does not match template `labels`";
        assertThat(deployment("{\"matchLabels\":{\"app\":\"other\"}}", POD))
                .containsExactly(
                        new FieldCause(
                                "FieldValueInvalid", "spec.template.metadata.labels", message));
        assertThat(
                        deployment(
                                "{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"In\",\"values\":[\"a\",\"b\"]}]}",
                                POD))
                .isEmpty();
    }

    @Test
    void checksContainers() {
        assertThat(
                        pod(
                                """
                                {"containers":[{"name":"A b","image":"","imagePullPolicy":"Now",
                                  "ports":[{"containerPort":70000,"protocol":"ICMP"}],
                                  "volumeMounts":[{"name":"gone","mountPath":"/x"}]},
                                 {"name":"m","image":"i"},{"name":"m","image":"i"}],
                                 "volumes":[{"name":"v","emptyDir":{},"secret":{"secretName":"s"}}]}\
                                """))
                .containsExactlyInAnyOrder(
                        "spec.containers[0].image: Required value",
                        "spec.containers[0].imagePullPolicy: Unsupported value: \"Now\": supported values: \"Always\","
                                + " \"IfNotPresent\", \"Never\"",
                        "spec.containers[0].name: Invalid value: \"A b\": a lowercase RFC 1123 label must consist of lower"
                                + " case alphanumeric characters or '-', and must start and end with an alphanumeric"
                                + " character (e.g. 'my-name',  or '123-abc', regex used for validation is"
                                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
                        "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535,"
                                + " inclusive",
                        "spec.containers[0].ports[0].protocol: Unsupported value: \"ICMP\": supported values: \"SCTP\","
                                + " \"TCP\", \"UDP\"",
                        "spec.containers[0].volumeMounts[0].name: Not found: \"gone\"",
                        "spec.containers[2].name: Duplicate value: \"m\"",
                        "spec.volumes[0].secret: Forbidden: may not specify more than 1 volume type");
    }

    @Test
    void mountsTheVolumesThatAStatefulSetClaims() {
        var template =
                """
                {"metadata":{"labels":{"app":"a"}},"spec":{"containers":[{"name":"m","image":"i",
                 "volumeMounts":[{"name":"data","mountPath":"/data"}]}]}}\
                """;
        var spec =
                "{\"selector\":{\"matchLabels\":{\"app\":\"a\"}},\"template\":"
                        + template
                        + ",\"volumeClaimTemplates\":[{\"metadata\":{\"name\":\"data\"}}]}";
        assertThat(check("StatefulSet", "{\"spec\":" + spec + "}")).isEmpty();
    }

    @Test
    void keepsSelectorsAsTheyWere() {
        var old =
                resource(
                        "Deployment",
                        "{\"spec\":{\"selector\":{\"matchLabels\":{\"app\":\"b\"}}}}");
        var object =
                resource(
                        "Deployment",
                        "{\"spec\":{\"selector\":{\"matchLabels\":{\"app\":\"a\"}},\"template\":"
                                + POD
                                + "}}");
        assertThat(check(object, Optional.of(old)))
                .extracting(FieldCause::toString)
                .containsExactly(
                        "spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"a\"}}: field is immutable");
    }

    @Test
    void refusesNegativeReplicas() {
        var spec =
                "{\"replicas\":-1,\"selector\":{\"matchLabels\":{\"app\":\"a\"}},\"template\":"
                        + POD
                        + "}";
        assertThat(check("Deployment", "{\"spec\":" + spec + "}"))
                .containsExactly(
                        "spec.replicas: Invalid value: -1: must be greater than or equal to 0");
    }

    @Test
    void asksJobsHowTheyEnd() {
        assertThat(check("Job", job("")))
                .containsExactly(
                        "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"");
    }

    @Test
    void asksJobsWhichIndexesMayFail() {
        assertThat(check("Job", job(",\"maxFailedIndexes\":1,\"completionMode\":\"Odd\"")))
                .contains(
                        "spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified",
                        "spec.maxFailedIndexes: Invalid value: 1: requires indexed completion mode",
                        "spec.completionMode: Unsupported value: \"Odd\": supported values: \"NonIndexed\", \"Indexed\"");
    }

    private static String job(String more) {
        return "{\"spec\":{\"selector\":{\"matchLabels\":{\"app\":\"a\"}},\"template\":"
                + POD
                + more
                + "}}";
    }

    @Test
    void checksServices() {
        assertThat(check("Service", "{\"spec\":{\"ports\":[{\"port\":0}]}}"))
                .containsExactly(
                        "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
                        "spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive");
        assertThat(
                        check(
                                "Service",
                                "{\"spec\":{\"type\":\"Odd\",\"ports\":[{\"port\":1},{\"name\":\"b\",\"port\":2}]}}"))
                .containsExactly(
                        "spec.type: Unsupported value: \"Odd\": supported values: \"ClusterIP\", \"ExternalName\","
                                + " \"LoadBalancer\", \"NodePort\"",
                        "spec.ports[0].name: Required value");
        assertThat(check("Service", "{\"spec\":{\"clusterIP\":\"None\"}}")).isEmpty();
    }

    @Test
    void checksTheKeysOfConfigMaps() {
        assertThat(
                        check(
                                "ConfigMap",
                                "{\"data\":{\"a b\":\"\",\"..x\":\"\",\"c\":\"\"},\"binaryData\":{\"c\":\"\"}}"))
                .satisfiesExactly(
                        one ->
                                assertThat(one)
                                        .startsWith(
                                                "data[a b]: Invalid value: \"a b\": a valid config key must consist of"),
                        one ->
                                assertThat(one)
                                        .isEqualTo(
                                                "data[..x]: Invalid value: \"..x\": must not start with '..'"),
                        one ->
                                assertThat(one)
                                        .isEqualTo(
                                                "data[c]: Invalid value: \"c\": duplicate of key present in binaryData"));
    }

    @Test
    void boundsTheValuesOfConfigMaps() {
        var value = "x".repeat(DataRules.MAX_BYTES);
        assertThat(check("ConfigMap", Json.text(Map.of("data", Map.of("k", value))))).isEmpty();
        assertThat(check("ConfigMap", Json.text(Map.of("data", Map.of("k", value + "x")))))
                .containsExactly("[]: Too long: may not be more than 1048576 bytes");
    }

    @Test
    void freezesWhatIsImmutable() {
        var old = resource("ConfigMap", "{\"immutable\":true,\"data\":{\"a\":\"1\"}}");
        var changed = resource("ConfigMap", "{\"immutable\":true,\"data\":{\"a\":\"2\"}}");
        assertThat(check(changed, Optional.of(old)))
                .extracting(FieldCause::toString)
                .containsExactly("data: Forbidden: field is immutable when `immutable` is set");
        assertThat(check(old, Optional.of(old))).isEmpty();
    }

    @Test
    void asksSecretsForWhatTheirTypePromises() {
        assertThat(check("Secret", "{\"type\":\"kubernetes.io/tls\",\"data\":{\"tls.crt\":\"\"}}"))
                .containsExactly("data[tls.key]: Required value");
        assertThat(
                        check(
                                "Secret",
                                "{\"type\":\"kubernetes.io/dockerconfigjson\",\"stringData\":{\".dockerconfigjson\":\"x\"}}"))
                .containsExactly(
                        "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": invalid character 'x'"
                                + " looking for beginning of value");
    }

    @Test
    void checksRolesAndTheirBindings() {
        assertThat(check("Role", "{\"rules\":[{\"resources\":[\"configmaps\"],\"verbs\":[]}]}"))
                .containsExactly(
                        "rules[0].verbs: Required value: verbs must contain at least one value",
                        "rules[0].apiGroups: Required value: resource rules must supply at least one api group");
        var old = resource("RoleBinding", "{\"roleRef\":{\"kind\":\"Role\",\"name\":\"a\"}}");
        var other = resource("RoleBinding", "{\"roleRef\":{\"kind\":\"Role\",\"name\":\"b\"}}");
        assertThat(check(other, Optional.of(old)))
                .singleElement()
                .extracting(FieldCause::message)
                .asString()
                .endsWith("cannot change roleRef");
    }

    @Test
    void hasNothingToSayOfCustomKinds() {
        var kind =
                new Kind(
                        "example.com",
                        Names.of("deployments", "Deployment"),
                        true,
                        List.of(KindVersion.of("v1", dev.slipway.kernel.schema.Schema.ANY)),
                        List.of(),
                        Kind.Rules.CUSTOM);
        assertThat(BuiltInRules.check(resource("Deployment", "{}"), kind, Optional.empty()))
                .isEmpty();
    }

    @Test
    void keepsWhatAJobBeganWith() {
        var job =
                "{\"spec\":{\"suspend\":%s,\"completions\":%d,\"template\":{\"spec\":{\"restartPolicy\":\"Never\","
                        + "\"nodeSelector\":{\"a\":\"%s\"},\"containers\":[{\"name\":\"m\",\"image\":\"i\"}]}}}}";
        var old = resource("Job", job.formatted("false", 1, "b"));
        var waiting = resource("Job", job.formatted("true", 1, "b"));

        assertThat(check(resource("Job", job.formatted("true", 1, "b")), Optional.of(old)))
                .isEmpty();
        assertThat(check(resource("Job", job.formatted("false", 2, "c")), Optional.of(old)))
                .extracting(FieldCause::field)
                .containsExactly("spec.completions", "spec.template");
        assertThat(check(resource("Job", job.formatted("false", 1, "c")), Optional.of(waiting)))
                .isEmpty();
    }

    @Test
    void keepsWhatAPodIs() {
        var pod =
                "{\"spec\":{\"nodeName\":\"%s\",\"hostNetwork\":%s,\"containers\":[{\"name\":\"m\",\"image\":\"%s\"}]}}";
        var old = resource("Pod", pod.formatted("", "false", "i"));
        var placed = resource("Pod", pod.formatted("n", "false", "j"));

        assertThat(check(placed, Optional.of(old))).isEmpty();
        for (var other :
                List.of(pod.formatted("o", "false", "j"), pod.formatted("n", "true", "j"))) {
            assertThat(check(resource("Pod", other), Optional.of(placed)))
                    .singleElement()
                    .asString()
                    .startsWith("spec: Forbidden: pod updates may not change fields other than");
        }
    }

    @Test
    void letsAClaimGrowAndBeBound() {
        var claim =
                "{\"spec\":{\"accessModes\":[\"%s\"],\"volumeName\":\"%s\",\"resources\":{\"requests\":{\"storage\":\"%s\"}}}}";
        var old = resource("PersistentVolumeClaim", claim.formatted("ReadWriteOnce", "", "1Gi"));
        var bound = resource("PersistentVolumeClaim", claim.formatted("ReadWriteOnce", "v", "2Gi"));

        assertThat(check(bound, Optional.of(old))).isEmpty();
        assertThat(
                        check(
                                resource(
                                        "PersistentVolumeClaim",
                                        claim.formatted("ReadWriteMany", "w", "2000Mi")),
                                Optional.of(bound)))
                .extracting(FieldCause::field)
                .containsExactly("spec", "spec.resources.requests.storage");
    }

    @Test
    void wantsNoMoreThanTheLimit() {
        var pod =
                "{\"containers\":[{\"name\":\"m\",\"image\":\"i\",\"resources\":{\"limits\":{\"cpu\":\"1\",\"memory\":\"1Gi\",\"x.y/z\":\"3\"},"
                        + "\"requests\":{\"cpu\":\"%s\",\"memory\":\"1024Mi\",\"x.y/z\":\"3\"}}}]}";

        assertThat(pod(pod.formatted("1000m"))).isEmpty();
        assertThat(pod(pod.formatted("1001m")))
                .containsExactly(
                        "spec.containers[0].resources.requests: Invalid value: \"1001m\": must be less than or equal to cpu limit of 1");
    }

    @Test
    void wantsStrategiesThatCanGoOn() {
        var deployment =
                "{\"spec\":{\"strategy\":%s,\"selector\":{\"matchLabels\":{\"app\":\"a\"}},\"template\":"
                        + POD
                        + "}}";

        assertThat(check("Deployment", deployment.formatted("{\"type\":\"Recreate\"}"))).isEmpty();
        assertThat(
                        check(
                                "Deployment",
                                deployment.formatted(
                                        "{\"type\":\"Recreate\",\"rollingUpdate\":{\"maxSurge\":1}}")))
                .singleElement()
                .asString()
                .startsWith("spec.strategy.rollingUpdate: Forbidden");
        assertThat(
                        check(
                                "Deployment",
                                deployment.formatted(
                                        "{\"rollingUpdate\":{\"maxSurge\":0,\"maxUnavailable\":\"0%\"}}")))
                .singleElement()
                .asString()
                .endsWith("may not be 0 when `maxSurge` is 0");
        assertThat(
                        check(
                                "PodDisruptionBudget",
                                "{\"spec\":{\"minAvailable\":1,\"maxUnavailable\":1}}"))
                .singleElement()
                .asString()
                .endsWith("minAvailable and maxUnavailable cannot be both set");
    }

    @Test
    void wantsIngressesThatLeadSomewhere() {
        var ingress =
                "{\"spec\":{\"rules\":[{\"host\":\"%s\",\"http\":{\"paths\":[{\"path\":\"%s\",\"pathType\":\"%s\",\"backend\":{\"service\":{\"name\":\"web\",\"port\":{%s}}}}]}}]}}";

        assertThat(
                        check(
                                "Ingress",
                                ingress.formatted(
                                        "*.example.com", "/x", "Prefix", "\"number\":80")))
                .isEmpty();
        assertThat(check("Ingress", "{\"spec\":{}}"))
                .containsExactly(
                        "spec: Invalid value: {}: either `defaultBackend` or `rules` must be specified");
        assertThat(check("Ingress", ingress.formatted("A B", "x", "Often", "")))
                .satisfiesExactly(
                        one ->
                                assertThat(one)
                                        .startsWith("spec.rules[0].host: Invalid value: \"A B\""),
                        one ->
                                assertThat(one)
                                        .startsWith(
                                                "spec.rules[0].http.paths[0].pathType: Unsupported value"),
                        one ->
                                assertThat(one)
                                        .contains(
                                                "path: Invalid value: \"x\": must be an absolute path"),
                        one ->
                                assertThat(one)
                                        .endsWith(
                                                "backend.service.port: Required value: port name or number is required"));
    }

    @Test
    void keepsMostOfAStatefulSet() {
        var set =
                "{\"spec\":{\"serviceName\":\"%s\",\"replicas\":%d,\"selector\":{\"matchLabels\":{\"app\":\"a\"}},\"template\":"
                        + POD
                        + "}}";
        var old = resource("StatefulSet", set.formatted("s", 1));

        assertThat(check(resource("StatefulSet", set.formatted("s", 3)), Optional.of(old)))
                .isEmpty();
        assertThat(check(resource("StatefulSet", set.formatted("t", 1)), Optional.of(old)))
                .extracting(FieldCause::field)
                .containsExactly("spec");
    }

    @Test
    void wantsSchedulesThatCanCome() {
        var cron =
                "{\"spec\":{\"schedule\":\"%s\",\"timeZone\":\"%s\",\"jobTemplate\":{\"spec\":{\"template\":{\"spec\":"
                        + "{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"m\",\"image\":\"i\"}]}}}}}}";

        assertThat(check("CronJob", cron.formatted("*/5 1-3 * jan,mar sun", "Europe/Berlin")))
                .isEmpty();
        assertThat(check("CronJob", cron.formatted("61 * * * *", "Mars/Olympus")))
                .satisfiesExactly(
                        one ->
                                assertThat(one)
                                        .startsWith("spec.schedule: Invalid value: \"61 * * * *\""),
                        one -> assertThat(one).contains("unknown time zone Mars/Olympus"));
    }

    private static List<FieldCause> deployment(String selector, String template) {
        var spec = "{\"selector\":" + selector + ",\"template\":" + template + "}";
        return check(resource("Deployment", "{\"spec\":" + spec + "}"), Optional.empty());
    }

    private static List<String> pod(String spec) {
        return check("Pod", "{\"spec\":" + spec + "}");
    }

    private static List<String> check(String kind, String object) {
        return check(resource(kind, object), Optional.empty()).stream()
                .map(FieldCause::toString)
                .toList();
    }

    private static List<FieldCause> check(Resource object, Optional<Resource> old) {
        return BuiltInRules.check(object, kind(object.kind()), old);
    }

    private static Resource resource(String kind, String object) {
        Map<String, Object> tree = Json.readObject(object);
        tree.put("kind", kind);
        Defaulting.apply(tree, kind(kind).storage().schema());
        return new Resource(tree);
    }

    private static Kind kind(String name) {
        return java.util.Objects.requireNonNull(KINDS.get(name));
    }
}
