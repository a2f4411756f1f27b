package dev.slipway.cluster;

import static dev.slipway.cluster.Played.number;
import static dev.slipway.cluster.Played.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final KindKey SLICES = KindKey.of("discovery.k8s.io", "endpointslices");

    private final Played played = new Played();

    @BeforeEach
    void deploy() {
        played.apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: nginx, ports: [{name: http, containerPort: 8080}]}]}}}
                """);
    }

    @AfterEach
    void close() {
        played.close();
    }

    @Test
    void tellsThePodsBehindAService() {
        played.apply(
                "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}}");
        played.pass("2S");

        var subset = Json.list(played.get("v1", "Endpoints", "web").tree(), "subsets").getFirst();
        assertThat(Json.at(subset, "addresses").toString()).contains("web-").contains("10.244.");
        assertThat(Json.at(subset, "ports").toString()).contains("port=8080");
        var slice = played.list(SLICES).getFirst();
        assertThat(slice.label("kubernetes.io/service-name")).contains("web");
        assertThat(Json.list(slice.tree(), "endpoints")).hasSize(2);

        played.merge("apps/v1", "Deployment", "web", "{spec: {replicas: 0}}");
        played.pass("1S");
        assertThat(Json.list(played.get("v1", "Endpoints", "web").tree(), "subsets")).isEmpty();
        assertThat(Json.list(played.list(SLICES).getFirst().tree(), "endpoints")).isEmpty();

        played.world().delete("v1", "Service", "default", "web");
        played.pass("1S");
        assertThat(played.list(SLICES)).isEmpty();
    }

    @Test
    void scalesWithTheLoadWithinItsBounds() {
        scaler("'400'");
        played.pass("3S");
        assertThat(number(web(), "availableReplicas")).isEqualTo(5);
        var status = played.get("autoscaling/v2", "HorizontalPodAutoscaler", "web");
        assertThat(said(status, "AbleToScale")).isEqualTo("True ReadyForNewScale");
        assertThat(number(status, "currentReplicas")).isEqualTo(5);

        scaler("'5000'");
        played.pass("30S");
        assertThat(number(web(), "availableReplicas")).isEqualTo(8);
        status = played.get("autoscaling/v2", "HorizontalPodAutoscaler", "web");
        assertThat(said(status, "ScalingLimited")).isEqualTo("True TooManyReplicas");

        scaler("'0'");
        played.pass("290S");
        assertThat(number(web(), "replicas")).isEqualTo(8);
        status = played.get("autoscaling/v2", "HorizontalPodAutoscaler", "web");
        assertThat(said(status, "AbleToScale")).isEqualTo("True ScaleDownStabilized");
        played.pass("20S");
        assertThat(number(web(), "replicas")).isEqualTo(2);
        status = played.get("autoscaling/v2", "HorizontalPodAutoscaler", "web");
        assertThat(said(status, "ScalingLimited")).isEqualTo("True TooFewReplicas");
        assertThat(said(status, "AbleToScale")).isEqualTo("True ReadyForNewScale");
        assertThat(played.list(KindKey.of("", "events")))
                .filteredOn(event -> "SuccessfulRescale".equals(event.tree().get("reason")))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.tree().get("message"))
                                .asString()
                                .endsWith("New size: 2; reason: All metrics below target"));
        var before = played.world().store().state().revision();
        played.pass("600S");
        assertThat(played.world().store().state().revision()).isEqualTo(before);
    }

    @Test
    void scalesNoFasterThanItsBehaviorSays() {
        scaler("'80'");
        played.merge("apps/v1", "Deployment", "web", "{spec: {replicas: 2}}");
        played.merge(
                "autoscaling/v2",
                "HorizontalPodAutoscaler",
                "web",
                "{spec: {behavior: {scaleUp: {policies: [{type: Pods, value: 1, periodSeconds: 60}]}, scaleDown: {stabilizationWindowSeconds: 0, selectPolicy: Disabled}}}}");
        scaler("'5000'");
        played.pass("5S");
        assertThat(number(web(), "replicas")).isEqualTo(3);
        var status = played.get("autoscaling/v2", "HorizontalPodAutoscaler", "web");
        assertThat(said(status, "ScalingLimited")).isEqualTo("True ScaleUpLimit");
        played.pass("70S");
        assertThat(number(web(), "replicas")).isEqualTo(4);

        scaler("'0'");
        played.pass("600S");
        assertThat(number(web(), "replicas")).isEqualTo(4);
    }

    private void scaler(String load) {
        played.apply(
                """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: web, annotations: {slipway.dev/simulated-load: %s}}
                spec: {minReplicas: 2, maxReplicas: 8, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]}
                """
                        .formatted(load));
    }

    private dev.slipway.kernel.model.Resource web() {
        return played.get("apps/v1", "Deployment", "web");
    }
}
