package dev.slipway.cluster;

import static dev.slipway.cluster.Played.condition;
import static dev.slipway.cluster.Played.container;
import static dev.slipway.cluster.Played.number;
import static dev.slipway.cluster.Played.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cluster.pod.Pods;
import dev.slipway.kernel.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {
    private final Played played = new Played();

    @AfterEach
    void close() {
        played.close();
    }

    @Test
    void pullsNoImageAndRecovers() {
        deploy("ImagePull", "");
        played.pass("1S");
        assertThat(container(played.pod())).isEqualTo("waiting ErrImagePull");
        played.pass("2S");
        assertThat(container(played.pod())).isEqualTo("waiting ImagePullBackOff");
        assertThat(played.pod().status()).containsEntry("phase", "Pending");

        heal();
        assertThat(said(played.pod(), "Ready")).isEqualTo("True ");
    }

    @Test
    void restartsWhatCrashesMoreAndMoreSeldom() {
        deploy("CrashLoop", "");
        played.pass("4S");
        assertThat(container(played.pod())).isEqualTo("waiting CrashLoopBackOff");
        assertThat(Pods.restarts(played.pod())).isEqualTo(1);
        assertThat(played.pod().status()).containsEntry("phase", "Running");
        played.pass("11S");
        assertThat(Pods.restarts(played.pod())).isEqualTo(2);
        played.pass("11S");
        assertThat(Pods.restarts(played.pod())).isEqualTo(2);
        played.pass("12S");
        assertThat(Pods.restarts(played.pod())).isEqualTo(3);

        heal();
        assertThat(said(played.pod(), "Ready")).isEqualTo("True ");
        assertThat(number(web(), "availableReplicas")).isEqualTo(1);
    }

    @Test
    void makesNoPodsBeyondAQuota() {
        deploy("Quota=0", "");
        played.pass("1S");
        assertThat(played.pods()).isEmpty();
        assertThat(said(web(), "ReplicaFailure")).isEqualTo("True FailedCreate");
        assertThat(String.valueOf(condition(web(), "ReplicaFailure").get("message")))
                .contains("exceeded quota");

        heal();
        assertThat(said(web(), "ReplicaFailure")).isBlank();
        assertThat(number(web(), "availableReplicas")).isEqualTo(1);
    }

    @Test
    void exceedsTheDeadlineAndIsForgivenWhenItMoves() {
        deploy("Slow=10m", "progressDeadlineSeconds: 60, ");
        played.pass("59S");
        assertThat(said(web(), "Progressing")).startsWith("True");
        played.pass("4S");
        assertThat(said(web(), "Progressing")).isEqualTo("False ProgressDeadlineExceeded");

        heal();
        assertThat(said(web(), "Progressing")).isEqualTo("True NewReplicaSetAvailable");
    }

    @Test
    void findsNoNode() {
        deploy("Unschedulable", "");
        played.pass("1S");
        assertThat(said(played.pod(), "PodScheduled")).isEqualTo("False Unschedulable");

        heal();
        assertThat(said(played.pod(), "Ready")).isEqualTo("True ");
    }

    @Test
    void goWrongByARuleOfTheCluster() {
        played.cluster(
                "faults: [{fault: CrashLoop, kind: Deployment, name: 'w*', image: '*:bad'}]");
        deploy("", "");
        played.pass("5S");
        assertThat(container(played.pod())).isEqualTo("waiting CrashLoopBackOff");

        played.cluster("faults: []");
        played.pass("2S");
        assertThat(said(played.pod(), "Ready")).isEqualTo("True ");
    }

    @Test
    void playsNoMorePodsThanItsBound() {
        played.cluster("maxPods: 0");
        deploy("", "");
        played.pass("1S");
        assertThat(played.pods()).isEmpty();
        assertThat(String.valueOf(condition(web(), "ReplicaFailure").get("message")))
                .contains("the simulated cluster local plays no more than 0 pods");
        var local = played.get("slipway.dev/v1alpha1", "Cluster", "local");
        assertThat(said(local, "WithinBounds")).isEqualTo("False MaxPods");
    }

    private void heal() {
        played.merge(
                "apps/v1",
                "Deployment",
                "web",
                "{metadata: {annotations: {slipway.dev/simulate: null}}}");
        played.pass("2S");
    }

    private Resource web() {
        return played.get("apps/v1", "Deployment", "web");
    }

    private void deploy(String fault, String more) {
        var annotations = fault.isEmpty() ? "{}" : "{slipway.dev/simulate: '" + fault + "'}";
        played.apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, annotations: %s}
                spec: {replicas: 1, %sselector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: "nginx:bad"}]}}}
                """
                        .formatted(annotations, more));
    }
}
