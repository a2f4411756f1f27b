package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What pods are given when they are made, as Kubernetes' own API server gives it.
class PodsTest {
    private final World world = World.of();

    @AfterEach
    void close() {
        world.close();
    }

    private Resource pod(String name, String spec) {
        return world.apply(
                        "{apiVersion: v1, kind: Pod, metadata: {name: %s}, spec: {%s}}"
                                .formatted(name, spec))
                .object();
    }

    private void priority(String name, long value, String more) {
        world.apply(
                "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: %s}, value: %d%s}"
                        .formatted(name, value, more));
    }

    @Test
    void givesAPodWhatItDoesNotSay() {
        var pod =
                pod(
                        "web",
                        "hostNetwork: true, terminationGracePeriodSeconds: -3, containers: [{name: c, image: i,"
                                + " ports: [{containerPort: 80}], resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 500m}}}]");

        var container = (Map<?, ?>) Json.list(pod.spec(), "containers").getFirst();
        assertThat(Json.at(container, "resources", "requests"))
                .isEqualTo(Map.of("cpu", "500m", "memory", "1Gi"));
        assertThat(Json.list(Json.cast(container), "ports"))
                .isEqualTo(
                        List.of(Map.of("containerPort", 80L, "hostPort", 80L, "protocol", "TCP")));
        assertThat(pod.spec())
                .containsEntry("enableServiceLinks", true)
                .containsEntry("priority", 0L)
                .containsEntry("preemptionPolicy", "PreemptLowerPriority")
                .containsEntry("terminationGracePeriodSeconds", 1L)
                .doesNotContainKey("priorityClassName");
        assertThat(Json.list(pod.spec(), "tolerations"))
                .extracting(one -> Json.at(one, "key"))
                .containsExactly("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
        assertThat(pod.status()).isEqualTo(Map.of("phase", "Pending", "qosClass", "Burstable"));
    }

    @Test
    void leavesTemplatesAsTheyAre() {
        var cron =
                world.apply(
                                """
                                apiVersion: batch/v1
                                kind: CronJob
                                metadata: {name: nightly}
                                spec:
                                  schedule: "* * * * *"
                                  jobTemplate:
                                    spec:
                                      template:
                                        spec:
                                          restartPolicy: Never
                                          containers: [{name: c, image: i, resources: {limits: {cpu: 1}}}]
                                """)
                        .object();
        var job = Json.cast((Map<?, ?>) cron.at("spec", "jobTemplate", "spec"));
        assertThat(job).containsOnlyKeys("template");
        var spec = Json.object(Json.object(job, "template"), "spec");
        assertThat(spec).containsEntry("dnsPolicy", "ClusterFirst");
        assertThat(spec).doesNotContainKeys("enableServiceLinks", "priority", "tolerations");
        assertThat(Json.at(Json.list(spec, "containers").getFirst(), "resources"))
                .isEqualTo(Map.of("limits", Map.of("cpu", "1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                                               | BestEffort
                    {requests: {ephemeral-storage: 1}}                               | BestEffort
                    {requests: {cpu: 1}}                                             | Burstable
                    {limits: {cpu: 1}}                                               | Burstable
                    {limits: {cpu: 1, memory: 1}}                                    | Guaranteed
                    {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1000m, memory: 1024Mi}} | Guaranteed
                    """)
    void saysWhichQualityOfServiceItAsksFor(String resources, String quality) {
        var pod =
                pod("web", "containers: [{name: c, image: i, resources: %s}]".formatted(resources));
        assertThat(pod.status()).containsEntry("qosClass", quality);
    }

    @Test
    void takesThePriorityOfTheClass() {
        priority("low", 5, ", preemptionPolicy: Never");
        priority("usual", 3, ", globalDefault: true");
        var plain = "containers: [{name: c, image: i}]";

        assertThat(pod("a", plain + ", priorityClassName: low").spec())
                .containsEntry("priority", 5L)
                .containsEntry("preemptionPolicy", "Never");
        assertThat(pod("b", plain).spec())
                .containsEntry("priorityClassName", "usual")
                .containsEntry("priority", 3L);
        assertThat(pod("c", plain + ", priorityClassName: system-node-critical").spec())
                .containsEntry("priority", 2_000_001_000L);

        assertThatThrownBy(() -> pod("d", plain + ", priorityClassName: nope"))
                .hasMessage("pods \"d\" is forbidden: no PriorityClass with name nope was found");
        assertThatThrownBy(() -> pod("d", plain + ", priorityClassName: low, priority: 6"))
                .hasMessage(
                        "pods \"d\" is forbidden: the integer value of priority (6) must not be provided in pod spec; priority admission controller computed 5 from the given PriorityClass name");
    }

    @Test
    void keepsPriorityClassesWhatTheyAre() {
        priority("usual", 3, ", globalDefault: true");
        assertThatThrownBy(() -> priority("other", 4, ", globalDefault: true"))
                .hasMessageContaining(
                        "PriorityClass usual is already marked as default. Only one default can exist");
        assertThatThrownBy(() -> priority("usual", 4, ", globalDefault: true"))
                .hasMessageContaining("value: Forbidden: may not be changed in an update.");
        assertThatThrownBy(() -> priority("system-x", 4, ""))
                .hasMessageContaining("system-x is not a known system priority class");
        priority("system-node-critical", 2_000_001_000, "");
        assertThatThrownBy(() ->
                        world.delete(
                                "scheduling.k8s.io/v1",
                                "PriorityClass",
                                "",
                                "system-node-critical"))
                .hasMessageContaining("this is a system priority class and cannot be deleted");
    }

    @Test
    void takesWhatTheRuntimeNeeds() {
        world.apply(
                """
                apiVersion: node.k8s.io/v1
                kind: RuntimeClass
                metadata: {name: small}
                handler: kata
                overhead: {podFixed: {cpu: 250m}}
                scheduling: {nodeSelector: {kata: "yes"}, tolerations: [{key: t, operator: Exists}]}
                """);
        var plain = "containers: [{name: c, image: i}]";
        var spec = pod("a", plain + ", runtimeClassName: small").spec();
        assertThat(spec)
                .containsEntry("overhead", Map.of("cpu", "250m"))
                .containsEntry("nodeSelector", Map.of("kata", "yes"));
        assertThat(Json.list(spec, "tolerations")).hasSize(3);

        assertThatThrownBy(() -> pod("b", plain + ", runtimeClassName: nope"))
                .hasMessage(
                        "pods \"b\" is forbidden: pod rejected: RuntimeClass \"nope\" not found");
        assertThatThrownBy(() -> pod("b", plain + ", overhead: {cpu: 1}"))
                .hasMessageContaining(
                        "Pod Overhead set without corresponding RuntimeClass defined Overhead");
        assertThatThrownBy(() ->
                        pod("b", plain + ", runtimeClassName: small, nodeSelector: {kata: \"no\"}"))
                .hasMessageContaining(
                        "conflict: runtimeClass.scheduling.nodeSelector[kata] = yes; pod.spec.nodeSelector[kata] = no");
    }
}
