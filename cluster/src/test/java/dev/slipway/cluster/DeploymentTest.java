package dev.slipway.cluster;

import static dev.slipway.cluster.Played.REPLICA_SETS;
import static dev.slipway.cluster.Played.container;
import static dev.slipway.cluster.Played.number;
import static dev.slipway.cluster.Played.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeploymentTest {
    private final Played played = new Played();

    @AfterEach
    void close() {
        played.close();
    }

    @Test
    void rollsOutToReadyPods() {
        deploy(3, "nginx:1", "");
        assertThat(played.list(REPLICA_SETS)).hasSize(1);
        assertThat(played.pods()).hasSize(3).allMatch(pod -> container(pod).contains("Creating"));
        assertThat(said(web(), "Available")).isEqualTo("False MinimumReplicasUnavailable");
        assertThat(said(web(), "Progressing")).isEqualTo("True ReplicaSetUpdated");

        played.pass("2S");

        var web = web();
        assertThat(number(web, "readyReplicas")).isEqualTo(3);
        assertThat(number(web, "availableReplicas")).isEqualTo(3);
        assertThat(number(web, "updatedReplicas")).isEqualTo(3);
        assertThat(number(web, "observedGeneration")).isEqualTo(web.generation());
        assertThat(said(web, "Available")).isEqualTo("True MinimumReplicasAvailable");
        assertThat(said(web, "Progressing")).isEqualTo("True NewReplicaSetAvailable");
        assertThat(web.annotation("deployment.kubernetes.io/revision")).contains("1");
        assertThat(web.annotation("slipway.dev/simulated")).contains("local");
    }

    @Test
    void makesPodsAsAClusterWould() {
        deploy(1, "nginx:1", "");
        played.pass("2S");

        var pod = played.pod();
        var set = played.list(REPLICA_SETS).getFirst();
        assertThat(pod.name()).startsWith(set.name() + "-");
        assertThat(pod.label("pod-template-hash")).isEqualTo(set.label("pod-template-hash"));
        assertThat(set.name()).isEqualTo("web-" + set.label("pod-template-hash").orElseThrow());
        assertThat(pod.owners().getFirst().name()).isEqualTo(set.name());
        assertThat(set.owners().getFirst().name()).isEqualTo("web");
        assertThat(pod.at("spec", "nodeName")).asString().startsWith("simulated-");
        assertThat(pod.status())
                .containsEntry("phase", "Running")
                .containsKeys("podIP", "hostIP", "startTime", "qosClass");
        assertThat(said(pod, "Ready")).isEqualTo("True ");
        assertThat(pod.annotation("slipway.dev/simulated")).contains("local");
    }

    @Test
    void replacesPodsWithoutFallingBelowWhatMustBeAvailable() {
        deploy(4, "nginx:1", "");
        played.pass("2S");
        deploy(4, "nginx:2", "");

        for (int i = 0; i < 100; i++) {
            played.pass("0.1S");
            assertThat(played.pods().size()).isLessThanOrEqualTo(5);
            assertThat(number(web(), "availableReplicas")).isGreaterThanOrEqualTo(3);
        }

        assertThat(played.pods()).hasSize(4).allMatch(pod -> image(pod).equals("nginx:2"));
        assertThat(said(web(), "Progressing")).isEqualTo("True NewReplicaSetAvailable");
        assertThat(played.list(REPLICA_SETS)).hasSize(2);
        assertThat(web().annotation("deployment.kubernetes.io/revision")).contains("2");
    }

    @Test
    void takesAllPodsAwayBeforeItRecreates() {
        deploy(2, "nginx:1", "strategy: {type: Recreate}, ");
        played.pass("2S");
        deploy(2, "nginx:2", "strategy: {type: Recreate}, ");
        assertThat(played.pods()).hasSize(2).allMatch(pod -> image(pod).equals("nginx:2"));
        assertThat(number(web(), "availableReplicas")).isZero();

        played.pass("2S");
        assertThat(number(web(), "availableReplicas")).isEqualTo(2);
    }

    @Test
    void comesBackToAnOldTemplateUnderANewNumber() {
        deploy(1, "nginx:1", "");
        played.pass("2S");
        var first = played.list(REPLICA_SETS).getFirst().name();
        deploy(1, "nginx:2", "");
        played.pass("4S");
        deploy(1, "nginx:1", "");
        played.pass("4S");

        assertThat(played.list(REPLICA_SETS)).hasSize(2);
        assertThat(played.pod().owners().getFirst().name()).isEqualTo(first);
        var set = played.get("apps/v1", "ReplicaSet", first);
        assertThat(set.annotation("deployment.kubernetes.io/revision")).contains("3");
        assertThat(set.annotation("deployment.kubernetes.io/revision-history")).contains("1");
        assertThat(web().annotation("deployment.kubernetes.io/revision")).contains("3");
    }

    @Test
    void keepsNoMoreHistoryThanIsWanted() {
        for (int i = 1; i <= 5; i++) {
            deploy(1, "nginx:" + i, "revisionHistoryLimit: 2, ");
            played.pass("4S");
        }

        assertThat(played.list(REPLICA_SETS)).hasSize(3);
    }

    @Test
    void scalesUpAndDownWithoutARollout() {
        deploy(1, "nginx:1", "");
        played.pass("2S");
        played.merge("apps/v1", "Deployment", "web", "{spec: {replicas: 5}}");
        played.pass("2S");
        assertThat(number(web(), "availableReplicas")).isEqualTo(5);
        assertThat(said(web(), "Progressing")).isEqualTo("True NewReplicaSetAvailable");

        played.merge("apps/v1", "Deployment", "web", "{spec: {replicas: 0}}");
        played.pass("1S");
        assertThat(played.pods()).isEmpty();
        assertThat(number(web(), "replicas")).isZero();

        played.merge("apps/v1", "Deployment", "web", "{spec: {replicas: 2}}");
        played.pass("2S");
        assertThat(number(web(), "availableReplicas")).isEqualTo(2);
    }

    @Test
    void rollsNothingOutWhilePaused() {
        deploy(2, "nginx:1", "");
        played.pass("2S");
        played.merge("apps/v1", "Deployment", "web", "{spec: {paused: true}}");
        deploy(3, "nginx:2", "");
        played.pass("2S");
        assertThat(played.pods()).hasSize(3).allMatch(pod -> image(pod).equals("nginx:1"));
        assertThat(said(web(), "Progressing")).isEqualTo("Unknown DeploymentPaused");

        played.merge("apps/v1", "Deployment", "web", "{spec: {paused: false}}");
        played.pass("10S");
        assertThat(played.pods()).hasSize(3).allMatch(pod -> image(pod).equals("nginx:2"));
        assertThat(said(web(), "Progressing")).isEqualTo("True NewReplicaSetAvailable");
    }

    @Test
    void takesItsPodsAlong() {
        deploy(2, "nginx:1", "");
        played.pass("2S");
        played.world().delete("apps/v1", "Deployment", "default", "web");
        played.pass("1S");

        assertThat(played.pods()).isEmpty();
        assertThat(played.list(REPLICA_SETS)).isEmpty();
    }

    @Test
    void replacesAPodThatIsDeleted() {
        deploy(1, "nginx:1", "");
        played.pass("2S");
        var first = played.pod();
        played.world().delete("v1", "Pod", "default", first.name());
        played.pass("2S");

        assertThat(played.pod().uid()).isNotEqualTo(first.uid());
        assertThat(number(web(), "availableReplicas")).isEqualTo(1);
    }

    @Test
    void findsRest() {
        deploy(3, "nginx:1", "");
        played.pass("3S");
        var before = played.world().store().state().revision();
        var events = played.list(KindKey.of("", "events")).size();
        played.pass("3600S");

        assertThat(played.world().store().state().revision())
                .as("only the events went, which are kept for an hour")
                .isEqualTo(before + events);
        played.pass("3600S");
        assertThat(played.world().store().state().revision()).isEqualTo(before + events);
    }

    @Test
    void waitsUntilPodsHaveBeenReadyForLongEnough() {
        deploy(1, "nginx:1", "minReadySeconds: 20, ");
        played.pass("10S");
        assertThat(number(web(), "readyReplicas")).isEqualTo(1);
        assertThat(number(web(), "availableReplicas")).isZero();

        played.pass("20S");
        assertThat(number(web(), "availableReplicas")).isEqualTo(1);
    }

    private Resource web() {
        return played.get("apps/v1", "Deployment", "web");
    }

    private void deploy(int replicas, String image, String more) {
        played.apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec: {replicas: %d, %sselector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: "%s"}]}}}
                """
                        .formatted(replicas, more, image));
    }

    private static String image(Resource pod) {
        var container = (Map<?, ?>) Json.list(pod.spec(), "containers").getFirst();
        return String.valueOf(container.get("image"));
    }
}
