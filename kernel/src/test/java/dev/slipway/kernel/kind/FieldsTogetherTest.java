package dev.slipway.kernel.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Kubernetes refuses where fields do not fit each other, in its words.
class FieldsTogetherTest {
    private static final Map<String, Kind> KINDS =
            BuiltInKinds.load().stream()
                    .collect(Collectors.toMap(kind -> kind.names().kind(), Function.identity()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    Pod | {spec: {containers: [{name: c, image: i, volumeDevices: [{name: x, devicePath: /d}]}]}} | spec.containers[0].volumeDevices[0].name: Not found: "x"
                    Pod | {spec: {containers: [{name: c, image: i, lifecycle: {preStop: {sleep: {seconds: 31}}}}]}} | spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)
                    Pod | {spec: {containers: [{name: c, image: i}], volumes: [{name: v, downwardAPI: {items: [{path: a, fieldRef: {fieldPath: foo}}]}}]}} | spec.volumes[0].downwardAPI.items[0].fieldRef.fieldPath: Invalid value: "foo": error converting fieldPath: field label not supported: foo
                    StatefulSet | {spec: {selector: {matchLabels: {a: b}}, updateStrategy: {type: OnDelete, rollingUpdate: {partition: 1}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}} | spec.updateStrategy.rollingUpdate: Invalid value: {"partition":1}: only allowed for updateStrategy 'RollingUpdate'
                    DaemonSet | {spec: {selector: {matchLabels: {a: b}}, updateStrategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 0}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}} | spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0
                    CronJob | {spec: {schedule: "* * * * *", jobTemplate: {spec: {manualSelector: true, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}}} | spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: "false", "nil"
                    Service | {spec: {externalIPs: [127.0.0.1], ports: [{port: 80}]}} | spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)
                    Service | {spec: {healthCheckNodePort: 30001, ports: [{port: 80}]}} | spec.healthCheckNodePort: Invalid value: 30001: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'
                    Service | {spec: {trafficDistribution: Far, ports: [{port: 80}]}} | spec.trafficDistribution: Unsupported value: "Far": supported values: "PreferClose", "PreferSameNode", "PreferSameZone"
                    PersistentVolume | {spec: {accessModes: [ReadWriteOnce], hostPath: {path: /x}, capacity: {cpu: "1"}}} | spec.capacity: Unsupported value: {"cpu":"1"}: supported values: "storage"
                    NetworkPolicy | {spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}]}]}} | spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "11.0.0.0/16": must be a strict subset of `cidr`
                    ResourceQuota | {spec: {hard: {pods: "1.5"}}} | spec.hard[pods]: Invalid value: "1.5": must be an integer
                    ResourceQuota | {spec: {scopes: [Moon]}} | spec.scopes: Invalid value: ["Moon"]: unsupported scope
                    LimitRange | {spec: {limits: [{type: Pod, default: {cpu: "1"}}]}} | spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'
                    LimitRange | {spec: {limits: [{type: Container}, {type: Container}]}} | spec.limits[1].type: Duplicate value: "Container"
                    LimitRange | {spec: {limits: [{type: Container, max: {cpu: 500m}, default: {cpu: "1"}}]}} | spec.limits[0].default[cpu]: Invalid value: "1": default value 1 is greater than max value 500m
                    StorageClass | {provisioner: a, parameters: {"": x}} | parameters: Invalid value: "": field can not be empty.
                    EndpointSlice | {addressType: IPv4, endpoints: [{addresses: ["::2"]}]} | endpoints[0].addresses[0]: Invalid value: "::2": must be a valid IPv4 address
                    Endpoints | {subsets: [{}]} | subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`
                    IngressClass | {spec: {controller: a.b/c, parameters: {kind: x, name: y, scope: Namespace}}} | spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'
                    """)
    void saysWhatDoesNotFit(String kind, String object, String problem) {
        var tree = (Map<?, ?>) Yaml.read(object.getBytes(StandardCharsets.UTF_8));
        var whole = new java.util.LinkedHashMap<String, Object>();
        Objects.requireNonNull(tree).forEach((key, value) -> whole.put((String) key, value));
        whole.put("kind", kind);
        assertThat(
                        BuiltInRules.check(
                                new Resource(whole),
                                Objects.requireNonNull(KINDS.get(kind)),
                                Optional.empty()))
                .extracting(FieldCause::toString)
                .containsExactly(problem);
    }
}
