package dev.slipway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlacingTest {
    private final Played played = new Played("nodes: 2, capacity: {cpu: 4, memory: 8Gi}");

    @AfterEach
    void close() {
        played.close();
    }

    @Test
    void keepsPodsWaitingForRoomUntilAnotherLeaves() {
        pod("a", asks("3"));
        pod("b", asks("3"));
        pod("c", asks("1500m"));
        played.pass("2S");

        assertThat(node("a")).isNotEqualTo(node("b"));
        assertThat(refusal("c"))
                .isEqualTo(
                        "0/2 nodes are available: 2 Insufficient cpu. preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.");
        assertThat(told()).contains("FailedScheduling");

        var free = node("b");
        played.world().delete("v1", "Pod", "default", "b");
        played.world().settle();
        assertThat(node("c")).isEqualTo(free);
    }

    @Test
    void saysWhichPodsCanNeverBePlaced() {
        pod("huge", asks("5000"));
        assertThat(refusal("huge"))
                .isEqualTo(
                        "0/2 nodes are available: 2 Insufficient cpu. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.");
        assertThat(played.get("v1", "Node", "simulated-1").at("status", "allocatable", "cpu"))
                .isEqualTo("4");

        played.cluster("nodes: 2, capacity: {cpu: 5000}");
        played.pass("2S");
        assertThat(node("huge")).startsWith("simulated-");
        assertThatThrownBy(() -> played.cluster("capacity: {cpu: many}"))
                .hasMessageContaining("spec.simulation.capacity[cpu]: Invalid value: \"many\"");
    }

    @Test
    void givesTheRoomOfWhatIsDoneToOthers() {
        pod("task", "restartPolicy: Never, nodeName: simulated-1, " + asks("4"));
        pod("other", "nodeName: simulated-2, " + asks("4"));
        pod("next", asks("4"));
        assertThat(refusal("next")).contains("2 Insufficient cpu");

        played.pass("5S");
        assertThat(node("next")).isEqualTo("simulated-1");
    }

    @Test
    void takesPodsFromNodesThatTheyDoNotTolerate() {
        played.pass("1S");
        pod("goes", "nodeName: simulated-1, " + PLAIN);
        pod("stays", "nodeName: simulated-1, " + tolerating("") + PLAIN);
        pod(
                "lingers",
                "nodeName: simulated-1, "
                        + tolerating(", effect: NoExecute, tolerationSeconds: 60")
                        + PLAIN);
        pod("elsewhere", "nodeName: simulated-2, " + PLAIN);
        played.pass("2S");
        taint("simulated-1", "{key: x, value: z, effect: NoExecute}");
        assertThat(played.pods())
                .extracting(Resource::name)
                .containsExactlyInAnyOrder("stays", "lingers", "elsewhere");
        assertThat(told()).contains("TaintManagerEviction");

        played.pass("61S");
        assertThat(played.pods())
                .extracting(Resource::name)
                .containsExactlyInAnyOrder("stays", "elsewhere");
    }

    @Test
    void keepsNewPodsFromTaintedNodes() {
        taint("simulated-1", "{key: x, value: z, effect: NoSchedule}");
        played.world().merge("v1", "Node", "", "simulated-2", "{spec: {unschedulable: true}}");
        pod("late", PLAIN);
        assertThat(refusal("late"))
                .startsWith(
                        "0/2 nodes are available: 1 node(s) had untolerated taint {x: z}, 1 node(s) were unschedulable. ");
        pod("tolerant", tolerating("") + PLAIN);
        played.pass("2S");
        assertThat(node("tolerant")).isEqualTo("simulated-1");

        taint("simulated-1", "");
        played.pass("2S");
        assertThat(node("late")).isEqualTo("simulated-1");
    }

    @Test
    void sendsPodsWhereTheirAffinityWantsThem() {
        pod(
                "picky",
                """
                affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [
                  {matchExpressions: [{key: zone, operator: In, values: [a]}, {key: size, operator: Gt, values: ["3"]}]}]}}},\
                """
                        + PLAIN);
        assertThat(refusal("picky"))
                .startsWith(
                        "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector. ");

        played.world()
                .merge(
                        "v1",
                        "Node",
                        "",
                        "simulated-2",
                        "{metadata: {labels: {zone: a, size: '4'}}}");
        played.world().settle();
        assertThat(node("picky")).isEqualTo("simulated-2");
    }

    @Test
    void takesDaemonsFromNodesThatTheyDoNotTolerate() {
        played.apply(
                """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: log}
                spec: {selector: {matchLabels: {app: log}}, template: {metadata: {labels: {app: log}}, spec: {containers: [{name: main, image: x}]}}}
                """);
        played.pass("2S");
        assertThat(played.pods()).hasSize(2);

        taint("simulated-1", "{key: x, effect: NoExecute}");
        assertThat(played.pod().spec()).containsEntry("nodeName", "simulated-2");
        var set = played.get("apps/v1", "DaemonSet", "log");
        assertThat(set.status()).containsEntry("desiredNumberScheduled", 1L);

        taint("simulated-1", "");
        assertThat(played.pods()).hasSize(2);
    }

    @Test
    void isReadyWhenItsReadinessGatesAre() {
        pod("gated", "readinessGates: [{conditionType: acme.dev/routed}], " + PLAIN);
        played.pass("2S");
        assertThat(ready())
                .containsEntry("reason", "ReadinessGatesNotReady")
                .containsEntry(
                        "message",
                        "corresponding condition of pod readiness gate \"acme.dev/routed\" does not exist.");
        assertThat(Played.said(gated(), "ContainersReady")).isEqualTo("True ");

        open("False");
        assertThat(ready())
                .containsEntry(
                        "message",
                        "the status of pod readiness gate \"acme.dev/routed\" is not \"True\", but False");
        open("True");
        assertThat(ready()).containsEntry("status", "True").doesNotContainKey("reason");
    }

    private static final String PLAIN = "containers: [{name: main, image: x}]";

    private static String asks(String cpu) {
        return "containers: [{name: main, image: x, resources: {requests: {cpu: '%s'}}}]"
                .formatted(cpu);
    }

    private static String tolerating(String more) {
        return "tolerations: [{key: x, operator: Equal, value: z%s}], ".formatted(more);
    }

    private void pod(String name, String spec) {
        played.apply(
                "{apiVersion: v1, kind: Pod, metadata: {name: %s}, spec: {%s}}"
                        .formatted(name, spec));
    }

    private void taint(String node, String taints) {
        played.world().merge("v1", "Node", "", node, "{spec: {taints: [%s]}}".formatted(taints));
        played.world().settle();
    }

    private void open(String said) {
        var conditions = new ArrayList<>(Json.list(gated().status(), "conditions"));
        conditions.removeIf(one -> one.toString().contains("acme.dev/routed"));
        conditions.add(new TreeMap<>(Map.of("type", "acme.dev/routed", "status", said)));
        var status = Json.text(Map.of("status", Map.of("conditions", conditions)));
        played.world().mergeStatus("v1", "Pod", "default", "gated", status);
        played.world().settle();
    }

    private Resource gated() {
        return played.get("v1", "Pod", "gated");
    }

    private Map<String, Object> ready() {
        return Played.condition(gated(), "Ready");
    }

    private String node(String pod) {
        return String.valueOf(played.get("v1", "Pod", pod).spec().get("nodeName"));
    }

    private String refusal(String pod) {
        return String.valueOf(
                Played.condition(played.get("v1", "Pod", pod), "PodScheduled").get("message"));
    }

    private List<Object> told() {
        return played.list(KindKey.of("", "events")).stream()
                .map(event -> event.tree().get("reason"))
                .toList();
    }
}
