package dev.slipway.cluster;

import static dev.slipway.cluster.Played.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NeedsTest {
    private final Played played = new Played();

    @AfterEach
    void close() {
        played.close();
    }

    @Test
    void placesNoPodWhoseClaimIsMissing() {
        pod("", "volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]");
        played.pass("5S");

        var why =
                "0/3 nodes are available: persistentvolumeclaim \"data\" not found. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.";
        assertThat(Played.condition(played.pod(), "PodScheduled"))
                .containsEntry("status", "False")
                .containsEntry("reason", "Unschedulable")
                .containsEntry("message", why);
        assertThat(told()).containsExactly("FailedScheduling: " + why);

        played.apply(
                "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}");
        played.pass("2S");
        assertThat(container(played.pod())).isEqualTo("running");
    }

    @Test
    void makesTheClaimOfAnEphemeralVolumeThatGoesWithThePod() {
        pod(
                "",
                "volumes: [{name: tmp, ephemeral: {volumeClaimTemplate: {metadata: {labels: {a: b}}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}]");
        played.pass("2S");
        assertThat(container(played.pod())).isEqualTo("running");
        var claim = played.get("v1", "PersistentVolumeClaim", "web-tmp");
        assertThat(claim.label("a")).contains("b");
        assertThat(claim.owners().getFirst().uid()).isEqualTo(played.pod().uid());

        played.world().delete("v1", "Pod", "default", "web");
        played.pass("2S");
        assertThat(played.list(KindKey.of("", "persistentvolumeclaims"))).isEmpty();
    }

    @Test
    void createsNoContainerWhoseVolumeIsMissing() {
        pod("", "volumes: [{name: files, configMap: {name: files}}]");
        played.pass("5S");
        assertThat(container(played.pod())).isEqualTo("waiting ContainerCreating");
        assertThat(told())
                .contains(
                        "FailedMount: MountVolume.SetUp failed for volume \"files\" : configmap \"files\" not found");

        played.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: files}}");
        played.pass("2S");
        assertThat(container(played.pod())).isEqualTo("running");
    }

    @Test
    void saysWhichPartOfTheEnvironmentIsMissing() {
        pod(
                ", env: [{name: A, valueFrom: {secretKeyRef: {name: pass, key: word}}}]",
                "initContainers: [{name: first, image: x}]");
        played.pass("5S");
        assertThat(container(played.pod())).isEqualTo("waiting CreateContainerConfigError");
        assertThat(told()).contains("Failed: Error: secret \"pass\" not found");

        played.apply("{apiVersion: v1, kind: Secret, metadata: {name: pass}, stringData: {a: b}}");
        assertThat(Json.list(played.pod().status(), "containerStatuses").toString())
                .contains("couldn't find key word in Secret default/pass");

        played.merge("v1", "Secret", "pass", "{stringData: {word: b}}");
        played.pass("2S");
        assertThat(container(played.pod())).isEqualTo("running");
    }

    @Test
    void doesWithoutWhatIsOptional() {
        pod(
                ", envFrom: [{configMapRef: {name: none, optional: true}}]",
                "volumes: [{name: files, secret: {secretName: none, optional: true}}]");
        played.pass("5S");
        assertThat(container(played.pod())).isEqualTo("running");
    }

    @Test
    void leavesNodesAloneThatTakeNoPods() {
        for (var node : List.of("simulated-1", "simulated-2", "simulated-3")) {
            closed(node, true);
        }
        pod("", "terminationGracePeriodSeconds: 5");
        assertThat(Played.condition(played.pod(), "PodScheduled").get("message"))
                .asString()
                .startsWith("0/3 nodes are available: 3 node(s) were unschedulable. ");

        closed("simulated-2", false);
        played.pass("2S");
        assertThat(played.pod().spec()).containsEntry("nodeName", "simulated-2");
    }

    private void closed(String node, boolean closed) {
        played.world()
                .merge("v1", "Node", "", node, "{spec: {unschedulable: %b}}".formatted(closed));
        played.world().settle();
    }

    @Test
    void waitsForTheServiceAccount() {
        try (var strict = Played.withAccess()) {
            strict.apply(
                    """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web}
                    spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {serviceAccountName: robot, containers: [{name: main, image: x}]}}}
                    """);
            assertThat(strict.pods()).isEmpty();
            var web = strict.get("apps/v1", "Deployment", "web");
            assertThat(Played.said(web, "ReplicaFailure")).isEqualTo("True FailedCreate");
            assertThat(Played.condition(web, "ReplicaFailure").get("message"))
                    .asString()
                    .startsWith("pods \"web-")
                    .endsWith(
                            "-\" is forbidden: error looking up service account default/robot: serviceaccount \"robot\" not found");

            strict.apply("{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}");
            strict.pass("2S");
            assertThat(container(strict.pod())).isEqualTo("running");
            strict.apply(
                    "{apiVersion: v1, kind: Pod, metadata: {name: one}, spec: {containers: [{name: main, image: x}]}}");
            assertThat(strict.get("v1", "Pod", "one").spec())
                    .containsEntry("serviceAccountName", "default");
        }
    }

    private List<String> told() {
        return played.list(KindKey.of("", "events")).stream()
                .map(event -> event.tree().get("reason") + ": " + event.tree().get("message"))
                .toList();
    }

    private void pod(String container, String spec) {
        played.apply(
                "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: main, image: x%s}], %s}}"
                        .formatted(container, spec));
    }
}
