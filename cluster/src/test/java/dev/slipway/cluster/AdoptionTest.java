package dev.slipway.cluster;

import static dev.slipway.cluster.Played.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdoptionTest {
    private static final String TEMPLATE =
            "selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: x}]}}";

    private final Played played = new Played();

    @AfterEach
    void close() {
        played.close();
    }

    @Test
    void takesOnPodsThatNobodyManages() {
        pod("lone", "web");
        pod("other", "db");
        set(2);

        var lone = played.get("v1", "Pod", "lone");
        var set = played.get("apps/v1", "ReplicaSet", "web");
        assertThat(lone.owners()).containsExactly(OwnerReference.controller(set));
        assertThat(played.get("v1", "Pod", "other").owners()).isEmpty();
        assertThat(played.pods()).hasSize(3);
    }

    @Test
    void takesOnWhatComesLaterAndStaysAtItsSize() {
        set(1);
        played.pass("2S");
        pod("lone", "web");
        played.pass("1S");

        assertThat(played.pods()).hasSize(1);
        assertThat(played.pod().name()).startsWith("web-");
    }

    @Test
    void letsAPodGoThatItSelectsNoMore() {
        set(1);
        played.pass("2S");
        var before = played.pod();
        played.merge("v1", "Pod", before.name(), "{metadata: {labels: {app: debug}}}");
        played.pass("2S");

        assertThat(played.get("v1", "Pod", before.name()).owners()).isEmpty();
        assertThat(played.pods()).hasSize(2);
        assertThat(number(played.get("apps/v1", "ReplicaSet", "web"), "readyReplicas"))
                .isEqualTo(1);
    }

    @Test
    void takesOnReplicaSetsOfADeploymentThatWasDeletedWithoutThem() {
        deploy();
        played.pass("2S");
        var set = played.list(Played.REPLICA_SETS).getFirst();
        var pods = played.pods().stream().map(Resource::name).toList();
        played.merge("apps/v1", "ReplicaSet", set.name(), "{metadata: {ownerReferences: null}}");
        played.pass("2S");

        var deployment = played.get("apps/v1", "Deployment", "web");
        assertThat(played.list(Played.REPLICA_SETS))
                .singleElement()
                .satisfies(one ->
                        assertThat(one.owners())
                                .containsExactly(OwnerReference.controller(deployment)));
        assertThat(played.pods()).extracting(Resource::name).containsExactlyElementsOf(pods);
    }

    private void pod(String name, String app) {
        played.apply(
                "{apiVersion: v1, kind: Pod, metadata: {name: %s, labels: {app: %s}}, spec: {containers: [{name: main, image: x}]}}"
                        .formatted(name, app));
    }

    private void set(int replicas) {
        played.apply(
                "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web}, spec: {replicas: %d, %s}}"
                        .formatted(replicas, TEMPLATE));
    }

    private void deploy() {
        played.apply(
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 2, %s}}"
                        .formatted(TEMPLATE));
    }
}
