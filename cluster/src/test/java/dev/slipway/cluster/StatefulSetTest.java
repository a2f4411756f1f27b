package dev.slipway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatefulSetTest {
    private static final KindKey CLAIMS = KindKey.of("", "persistentvolumeclaims");
    private static final KindKey REVISIONS = KindKey.of("apps", "controllerrevisions");

    private final Played played = new Played();

    @AfterEach
    void close() {
        played.close();
    }

    @Test
    void countsThePartitionFromItsFirstNumber() {
        var partition =
                "ordinals: {start: 5}, podManagementPolicy: Parallel, updateStrategy: {rollingUpdate: {partition: 2}},";
        stateful(3, "db:1", partition);
        played.pass("2S");
        stateful(3, "db:2", partition);
        played.pass("4S");
        assertThat(played.pods())
                .extracting(pod -> pod.name() + " " + image(pod))
                .containsExactly("db-5 db:1", "db-6 db:1", "db-7 db:2");

        played.world().delete("v1", "Pod", "default", "db-5");
        played.pass("2S");
        assertThat(image(played.get("v1", "Pod", "db-5"))).isEqualTo("db:1");
        assertThat(set().status())
                .containsEntry("updatedReplicas", 1L)
                .containsEntry("currentReplicas", 2L);
    }

    @Test
    void letsClaimsGoWithTheirPodsWhereItSaysSo() {
        var policy =
                "persistentVolumeClaimRetentionPolicy: {whenScaled: Delete, whenDeleted: Delete},";
        stateful(2, "db:1", policy);
        played.pass("4S");
        assertThat(played.list(CLAIMS))
                .hasSize(2)
                .allMatch(claim -> claim.owners().getFirst().uid().equals(set().uid()));

        stateful(1, "db:1", policy);
        played.pass("4S");
        assertThat(played.list(CLAIMS)).extracting(Resource::name).containsExactly("data-db-0");

        played.world().delete("apps/v1", "StatefulSet", "default", "db");
        played.pass("4S");
        assertThat(played.list(CLAIMS)).isEmpty();
    }

    @Test
    void takesOnTheHistoryThatNobodyHas() {
        stateful(1, "db:1", "");
        played.pass("2S");
        stateful(1, "db:2", "");
        played.pass("4S");
        played.list(REVISIONS)
                .forEach(revision ->
                        played.merge(
                                "apps/v1",
                                "ControllerRevision",
                                revision.name(),
                                "{metadata: {ownerReferences: null}}"));
        stateful(1, "db:1", "");
        played.pass("6S");

        assertThat(played.list(REVISIONS))
                .hasSize(2)
                .allMatch(one -> one.owners().getFirst().uid().equals(set().uid()));
        assertThat(image(played.pod())).isEqualTo("db:1");
    }

    private Resource set() {
        return played.get("apps/v1", "StatefulSet", "db");
    }

    private static Object image(Resource pod) {
        return ((Map<?, ?>) Json.list(pod.spec(), "containers").getFirst()).get("image");
    }

    private void stateful(int replicas, String image, String more) {
        played.apply(
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec: {
                  %s
                  replicas: %d,
                  serviceName: db,
                  selector: {matchLabels: {app: db}},
                  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: main, image: "%s"}]}},
                  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}
                """
                        .formatted(more, replicas, image));
    }
}
