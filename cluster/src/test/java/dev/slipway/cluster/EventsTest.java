package dev.slipway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final KindKey EVENTS = KindKey.of("", "events");

    private final Played played = new Played();

    @AfterEach
    void close() {
        played.close();
    }

    @Test
    void tellsWhatADeploymentDoes() {
        deploy("web", 3, "");
        played.pass("3S");
        var set = played.list(Played.REPLICA_SETS).getFirst();

        assertThat(said("Deployment", "web"))
                .containsExactly(
                        "1 Normal ScalingReplicaSet deployment-controller: Scaled up replica set %s from 0 to 3"
                                .formatted(set.name()));
        assertThat(said("ReplicaSet", set.name()))
                .singleElement()
                .asString()
                .startsWith(
                        "3 Normal SuccessfulCreate replicaset-controller: (combined from similar events): Created pod: web-");
        for (var pod : played.pods()) {
            assertThat(said("Pod", pod.name()))
                    .containsExactlyInAnyOrder(
                            "1 Normal Scheduled default-scheduler: Successfully assigned default/%s to %s"
                                    .formatted(pod.name(), pod.spec().get("nodeName")),
                            "1 Normal Started kubelet: Started container main");
        }
    }

    @Test
    void nameTheirObjectAndThatItIsSimulated() {
        deploy("web", 1, "");
        played.pass("3S");
        var pod = played.pod();
        var started = one("Pod", "Started");

        assertThat(Json.object(started.tree(), "involvedObject"))
                .containsEntry("apiVersion", "v1")
                .containsEntry("kind", "Pod")
                .containsEntry("name", pod.name())
                .containsEntry("namespace", "default")
                .containsEntry("uid", pod.uid())
                .containsEntry("fieldPath", "spec.containers{main}");
        assertThat(Json.object(started.tree(), "source"))
                .containsEntry("host", pod.spec().get("nodeName"));
        assertThat(started.name()).startsWith(pod.name() + ".");
        assertThat(started.annotation("slipway.dev/simulated")).contains("local");
    }

    @Test
    void areWrittenOnceWhenNothingHappensAnyMore() {
        deploy("web", 2, "");
        played.pass("5S");
        var before = played.list(EVENTS);
        played.merge("apps/v1", "Deployment", "web", "{metadata: {annotations: {note: anything}}}");
        played.pass("5S");
        assertThat(played.list(EVENTS)).isEqualTo(before);
    }

    @Test
    void costAPodTwoWritesMore() {
        deploy("web", 1, "");
        played.pass("5S");
        var pod = played.world().store().history(pod(), 100);
        assertThat(said("Pod", played.pod().name())).hasSize(2);
        assertThat(pod).hasSize(5);
    }

    @Test
    void countCrashesInOneEvent() {
        deploy("web", 1, "CrashLoop");
        played.pass("4S");
        var first = one("Pod", "BackOff");
        assertThat(text(first))
                .isEqualTo(
                        "1 Warning BackOff kubelet: Back-off restarting failed container main in pod %s_default(%s)"
                                .formatted(played.pod().name(), played.pod().uid()));
        assertThat(text(one("Pod", "Started"))).startsWith("2 ");

        played.pass("11S");
        var second = one("Pod", "BackOff");
        assertThat(text(second)).startsWith("2 Warning BackOff");
        assertThat(second.uid()).isEqualTo(first.uid());
        assertThat(second.tree())
                .containsEntry("firstTimestamp", first.tree().get("firstTimestamp"));
        assertThat(String.valueOf(second.tree().get("lastTimestamp")))
                .isGreaterThan(String.valueOf(first.tree().get("lastTimestamp")));
    }

    @Test
    void tellThatAnImageIsNotPulled() {
        deploy("web", 1, "ImagePull");
        played.pass("5S");
        assertThat(text(one("Pod", "Failed")))
                .startsWith(
                        "1 Warning Failed kubelet: Failed to pull image \"nginx:bad\": rpc error");
        assertThat(text(one("Pod", "BackOff")))
                .isEqualTo("1 Normal BackOff kubelet: Back-off pulling image \"nginx:bad\"");
    }

    @Test
    void tellOnceWhatGoesOn() {
        deploy("web", 1, "Unschedulable");
        deploy("full", 1, "Quota=0");
        played.pass("5S");
        played.merge(
                "apps/v1", "Deployment", "full", "{metadata: {annotations: {note: anything}}}");
        played.pass("5S");
        assertThat(text(one("Pod", "FailedScheduling")))
                .startsWith(
                        "1 Warning FailedScheduling default-scheduler: 0/3 nodes are available");
        assertThat(text(one("ReplicaSet", "FailedCreate")))
                .startsWith(
                        "1 Warning FailedCreate replicaset-controller: Error creating: pods \"full-")
                .contains("exceeded quota");
    }

    @Test
    void tellThatAJobIsDone() {
        played.apply(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: once}
                spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: a}]}}}
                """);
        played.pass("5S");
        assertThat(said("Job", "once"))
                .hasSize(2)
                .contains("1 Normal Completed job-controller: Job completed")
                .anyMatch(text ->
                        text.startsWith(
                                "1 Normal SuccessfulCreate job-controller: Created pod: once-"));
    }

    @Test
    void goAfterAnHour() {
        deploy("web", 1, "");
        played.pass("5S");
        assertThat(played.list(EVENTS)).isNotEmpty();
        for (int i = 0; i < 13; i++) {
            played.pass("5M");
        }
        assertThat(played.list(EVENTS)).isEmpty();
    }

    private ResourceKey pod() {
        return Played.PODS.resource("default", played.pod().name());
    }

    private Resource one(String kind, String reason) {
        var found =
                played.list(EVENTS).stream()
                        .filter(event -> kind.equals(about(event, "kind")))
                        .filter(event -> reason.equals(event.tree().get("reason")))
                        .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private List<String> said(String kind, String name) {
        return played.list(EVENTS).stream()
                .filter(event -> kind.equals(about(event, "kind")))
                .filter(event -> name.equals(about(event, "name")))
                .map(EventsTest::text)
                .toList();
    }

    private static String about(Resource event, String key) {
        return Json.string(Json.object(event.tree(), "involvedObject"), key);
    }

    /// `2 Warning BackOff kubelet: Back-off …`.
    private static String text(Resource event) {
        var tree = event.tree();
        return "%s %s %s %s: %s"
                .formatted(
                        tree.get("count"),
                        tree.get("type"),
                        tree.get("reason"),
                        tree.get("reportingComponent"),
                        tree.get("message"));
    }

    private void deploy(String name, int replicas, String fault) {
        var annotations = fault.isEmpty() ? "{}" : "{slipway.dev/simulate: '" + fault + "'}";
        played.apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, annotations: %s}
                spec: {replicas: %d, selector: {matchLabels: {app: %s}}, template: {metadata: {labels: {app: %s}}, spec: {containers: [{name: main, image: "nginx:bad"}]}}}
                """
                        .formatted(name, annotations, replicas, name, name));
    }
}
