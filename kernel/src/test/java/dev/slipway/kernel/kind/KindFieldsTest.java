package dev.slipway.kernel.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KindFieldsTest {
    private static final Map<String, Kind> KINDS =
            BuiltInKinds.load().stream()
                    .collect(Collectors.toMap(kind -> kind.names().kind(), Function.identity()));

    @Test
    void asksProbesForOneHandlerThatCanBeReached() {
        assertThat(container("\"livenessProbe\":{}"))
                .containsExactly(
                        "spec.containers[0].livenessProbe: Required value: must specify a handler type");
        assertThat(
                        container(
                                "\"livenessProbe\":{\"exec\":{\"command\":[\"a\"]},\"tcpSocket\":{\"port\":1}}"))
                .containsExactly(
                        "spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type");
        assertThat(container("\"readinessProbe\":{\"httpGet\":{\"port\":0,\"scheme\":\"ftp\"}}"))
                .containsExactly(
                        "spec.containers[0].readinessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive",
                        "spec.containers[0].readinessProbe.httpGet.scheme: Unsupported value: \"ftp\": supported values: \"HTTP\", \"HTTPS\"");
        assertThat(
                        container(
                                "\"livenessProbe\":{\"tcpSocket\":{\"port\":\"80\"},\"successThreshold\":2}"))
                .containsExactly(
                        "spec.containers[0].livenessProbe.tcpSocket.port: Invalid value: \"80\": must contain at least one letter (a-z)",
                        "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1");
        assertThat(container("\"startupProbe\":{\"httpGet\":{\"port\":\"http\"}}")).isEmpty();
    }

    @Test
    void asksWhereTheValuesOfVariablesComeFrom() {
        var path = "spec.containers[0].env[0]";
        assertThat(container("\"env\":[{\"name\":\"A=B\",\"valueFrom\":{}}]"))
                .containsExactly(
                        path
                                + ".name: Invalid value: \"A=B\": a valid environment variable name must consist only of"
                                + " printable ASCII characters other than '='",
                        path
                                + ".valueFrom: Invalid value: \"\": must specify one of: `fieldRef`, `resourceFieldRef`,"
                                + " `configMapKeyRef` or `secretKeyRef`");
        assertThat(
                        container(
                                "\"env\":[{\"name\":\"A\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"spec.foo\"}}}]"))
                .containsExactly(
                        path
                                + ".valueFrom.fieldRef.fieldPath: Invalid value: \"spec.foo\": error converting fieldPath:"
                                + " field label not supported: spec.foo");
        assertThat(
                        container(
                                "\"env\":[{\"name\":\"A\",\"valueFrom\":{\"secretKeyRef\":{\"key\":\"\"}}}]"))
                .containsExactly(
                        path + ".valueFrom.secretKeyRef.name: Required value",
                        path + ".valueFrom.secretKeyRef.key: Required value");
        assertThat(
                        container(
                                "\"env\":[{\"name\":\"A\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.labels['a']\"}}}]"))
                .isEmpty();
    }

    @Test
    void wantsAmountsThatAClusterCanGive() {
        var path = "spec.containers[0].resources.";
        assertThat(container("\"resources\":{\"requests\":{\"cpu\":\"-1\",\"disk\":\"1\"}}"))
                .containsExactly(
                        path
                                + "requests[cpu]: Invalid value: \"-1\": must be greater than or equal to 0",
                        path
                                + "requests[disk]: Invalid value: \"disk\": must be a standard resource type or fully qualified",
                        path
                                + "requests[disk]: Invalid value: \"disk\": must be a standard resource for containers");
        assertThat(container("\"resources\":{\"requests\":{\"x.y/gpu\":\"1\"}}"))
                .containsExactly(
                        path
                                + "limits: Required value: Limit must be set for non overcommitable resources");
        assertThat(container("\"resources\":{\"limits\":{\"x.y/gpu\":\"1.5\"}}"))
                .containsExactly(
                        path + "limits[x.y/gpu]: Invalid value: \"1.5\": must be an integer");
    }

    @Test
    void distinguishesContainersThatEndFromThoseThatStay() {
        assertThat(container("\"restartPolicy\":\"Always\""))
                .containsExactly(
                        "spec.containers[0].restartPolicy: Forbidden: may not be set for non-init containers");
        var probe = "\"livenessProbe\":{\"exec\":{\"command\":[\"a\"]}}";
        var init =
                "{\"containers\":[{\"name\":\"m\",\"image\":\"i\"}],\"initContainers\":[{\"name\":\"n\",\"image\":\"i\",%s}]}";
        assertThat(pod(init.formatted(probe)))
                .containsExactly(
                        "spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without"
                                + " restartPolicy=Always");
        assertThat(pod(init.formatted(probe + ",\"restartPolicy\":\"Always\""))).isEmpty();
    }

    @Test
    void checksWherePodsMayGo() {
        assertThat(spec("\"tolerations\":[{\"operator\":\"Exists\",\"value\":\"x\"},{}]"))
                .containsExactly(
                        "spec.tolerations[0].operator: Invalid value: \"x\": value must be empty when `operator` is 'Exists'",
                        "spec.tolerations[1].operator: Invalid value: \"\": operator must be Exists when `key` is empty,"
                                + " which means \"match all values and all keys\"");
        var node =
                "\"affinity\":{\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":{\"nodeSelectorTerms\":%s}}}";
        var terms =
                "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";
        assertThat(spec(node.formatted("[]")))
                .containsExactly(
                        terms + ": Required value: must have at least one node selector term");
        assertThat(
                        spec(
                                node.formatted(
                                        "[{\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"Gt\",\"values\":[\"1\",\"2\"]}]}]")))
                .containsExactly(
                        terms
                                + "[0].matchExpressions[0].values: Required value: must be specified single value when"
                                + " `operator` is 'Lt' or 'Gt'");
        assertThat(
                        spec(
                                "\"hostAliases\":[{\"ip\":\"1.2.3\"}],\"securityContext\":{\"runAsUser\":-1}"))
                .containsExactly(
                        "spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive",
                        "spec.hostAliases[0].ip: Invalid value: \"1.2.3\": must be a valid IP address, (e.g. 10.9.8.7 or"
                                + " 2001:db8::ffff)");
    }

    @Test
    void mountsWithinTheVolume() {
        var pod =
                """
                {"volumes":[{"name":"v","hostPath":{"path":"/a/../b","type":"Disk"}}],
                 "containers":[{"name":"m","image":"i",
                  "volumeMounts":[{"name":"v","mountPath":"/v","subPath":"../x"}]}]}\
                """;
        assertThat(pod(pod))
                .containsExactly(
                        "spec.volumes[0].hostPath.path: Invalid value: \"/a/../b\": must not contain '..'",
                        "spec.volumes[0].hostPath.type: Unsupported value: \"Disk\": supported values: \"\", \"BlockDevice\","
                                + " \"CharDevice\", \"Directory\", \"DirectoryOrCreate\", \"File\", \"FileOrCreate\", \"Socket\"",
                        "spec.containers[0].volumeMounts[0].subPath: Invalid value: \"../x\": must not contain '..'");
    }

    @Test
    void readsAddressesWithoutLookingThemUp() {
        assertThat(
                        List.of(
                                "1.2.3.4",
                                "::",
                                "::1",
                                "2001:db8::ffff",
                                "::ffff:1.2.3.4",
                                "1:2:3:4:5:6:7:8"))
                .allMatch(Addresses::isAddress);
        assertThat(
                        List.of(
                                "",
                                "1.2.3",
                                "01.2.3.4",
                                "256.1.1.1",
                                "1:2",
                                ":::",
                                "1::2::3",
                                "1:2:3:4:5:6:7:8:9",
                                "g::",
                                "host"))
                .noneMatch(Addresses::isAddress);
        assertThat(List.of("10.0.0.0/8", "::/0", "2001:db8::/64")).allMatch(Addresses::isRange);
        assertThat(List.of("10.0.0.0", "10.0.0.0/33", "10.0.0.0/", "::/129", "10.0.0.0/-1"))
                .noneMatch(Addresses::isRange);
    }

    @Test
    void checksTheFieldsOfManyKinds() {
        assertThat(
                        check(
                                "NetworkPolicy",
                                "{\"spec\":{\"podSelector\":{},\"policyTypes\":[\"x\"],\"ingress\":[{\"from\":[{}],\"ports\":[{\"port\":9,\"endPort\":5}]}]}}"))
                .containsExactly(
                        "spec.policyTypes[0]: Unsupported value: \"x\": supported values: \"Egress\", \"Ingress\"",
                        "spec.ingress[0].from[0]: Required value: must specify a peer",
                        "spec.ingress[0].ports[0].endPort: Invalid value: 5: must be greater than or equal to `port`");
        assertThat(check("PodDisruptionBudget", "{\"spec\":{\"minAvailable\":\"150%\"}}"))
                .containsExactly(
                        "spec.minAvailable: Invalid value: \"150%\": must not be greater than 100%");
        assertThat(check("StorageClass", "{\"provisioner\":\"\",\"reclaimPolicy\":\"Lose\"}"))
                .containsExactly(
                        "provisioner: Required value",
                        "reclaimPolicy: Unsupported value: \"Lose\": supported values: \"Delete\", \"Retain\"");
        assertThat(
                        check(
                                "PersistentVolume",
                                "{\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"capacity\":{\"storage\":\"1Gi\"}}}"))
                .containsExactly("spec: Required value: must specify a volume type");
        assertThat(
                        check(
                                "HorizontalPodAutoscaler",
                                "{\"spec\":{\"maxReplicas\":1,\"metrics\":[{\"type\":\"Pods\"},{\"type\":\"x\"}]}}"))
                .containsExactly(
                        "spec.metrics[0].pods: Required value: must populate information for the given metric source",
                        "spec.metrics[1].type: Unsupported value: \"x\": supported values: \"ContainerResource\", \"External\","
                                + " \"Object\", \"Pods\", \"Resource\"");
        assertThat(
                        check(
                                "Service",
                                "{\"spec\":{\"type\":\"ClusterIP\",\"clusterIP\":\"x\",\"ports\":[{\"port\":80,\"targetPort\":\"A\",\"nodePort\":30000}]}}"))
                .containsExactly(
                        "spec.clusterIPs[0]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
                        "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
                        "spec.ports[0].targetPort: Invalid value: \"A\": must contain only alpha-numeric characters (a-z, 0-9),"
                                + " and hyphens (-)",
                        "spec.ports[0].targetPort: Invalid value: \"A\": must contain at least one letter (a-z)");
    }

    private static List<String> container(String fields) {
        return pod("{\"containers\":[{\"name\":\"m\",\"image\":\"i\"," + fields + "}]}");
    }

    private static List<String> spec(String fields) {
        return pod("{\"containers\":[{\"name\":\"m\",\"image\":\"i\"}]," + fields + "}");
    }

    private static List<String> pod(String spec) {
        return check("Pod", "{\"spec\":" + spec + "}");
    }

    private static List<String> check(String kind, String json) {
        Map<String, Object> tree = Json.readObject(json);
        tree.put("kind", kind);
        return BuiltInRules.check(
                        new Resource(tree),
                        Objects.requireNonNull(KINDS.get(kind)),
                        Optional.empty())
                .stream()
                .map(FieldCause::toString)
                .toList();
    }
}
