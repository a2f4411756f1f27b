package dev.slipway.cluster;

import static dev.slipway.cluster.Played.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.KindKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterTest {
    private static final KindKey NODES = KindKey.of("", "nodes");

    private final Played played = new Played("nodes: 2");

    @AfterEach
    void close() {
        played.close();
    }

    @Test
    void saysThatItIsSimulated() {
        var local = played.get("slipway.dev/v1alpha1", "Cluster", "local");

        assertThat(local.status())
                .containsEntry("simulated", true)
                .containsEntry("statuses", "simulated");
        assertThat(said(local, "Ready")).isEqualTo("True Playing");
        assertThat(said(local, "WithinBounds")).isEqualTo("True BelowMaxPods");
    }

    @Test
    void hasTheNodesThatAreWanted() {
        assertThat(played.list(NODES)).extracting(node -> node.name()).hasSize(2);
        played.cluster("nodes: 4");
        assertThat(played.list(NODES))
                .hasSize(4)
                .allMatch(node -> said(node, "Ready").contains("True"));
        played.cluster("nodes: 1");
        assertThat(played.list(NODES))
                .extracting(node -> node.name())
                .containsExactly("simulated-1");
    }

    @Test
    void playsNothingWhereThingsAreOnlyRecorded() {
        cluster("local", "{type: Embedded, simulation: null}");
        played.apply(POD);
        played.pass("5S");

        assertThat(played.pod().status()).containsOnlyKeys("phase", "qosClass");
        assertThat(played.list(NODES)).isEmpty();
        var local = played.get("slipway.dev/v1alpha1", "Cluster", "local");
        assertThat(local.status()).containsEntry("statuses", "recorded only");

        cluster("local", "{type: Simulated}");
        played.pass("5S");
        assertThat(said(played.pod(), "Ready")).isEqualTo("True ");
    }

    @Test
    void leavesThePlayToTheOldest() {
        played.pass("2S");
        cluster("another", "{type: Simulated}");

        var another = played.get("slipway.dev/v1alpha1", "Cluster", "another");
        assertThat(said(another, "Ready")).isEqualTo("False OtherPlays");
        played.world().delete("slipway.dev/v1alpha1", "Cluster", "", "local");
        played.world().settle();
        another = played.get("slipway.dev/v1alpha1", "Cluster", "another");
        assertThat(said(another, "Ready")).isEqualTo("True Playing");
    }

    @Test
    void namesTheFieldOfWhatItCannotBe() {
        assertThatThrownBy(() -> cluster("other", "{type: Podman}"))
                .hasMessageContaining(
                        "spec.type: Unsupported value: \"Podman\": supported values: \"Embedded\", \"Simulated\"");
        assertThatThrownBy(() -> cluster("other", "{}"))
                .hasMessageContaining("spec.type: Required value");
        assertThatThrownBy(() -> played.cluster("pace: {start: soon}"))
                .hasMessageContaining("spec.simulation.pace.start: Invalid value: \"soon\"");
        assertThatThrownBy(() -> played.cluster("faults: [{fault: 'Quota=many'}]"))
                .hasMessageContaining("spec.simulation.faults[0].fault: Unsupported value");
        assertThatThrownBy(() -> cluster("other", "{type: Embedded, simulation: {nodes: 1}}"))
                .hasMessageContaining("spec.simulation: Forbidden");
    }

    @Test
    void refusesFaultsThatNobodyKnows() {
        assertThatThrownBy(() ->
                        played.apply(
                                POD.replace(
                                        "web}", "web, annotations: {slipway.dev/simulate: Fire}}")))
                .hasMessageContaining(
                        "metadata.annotations[slipway.dev/simulate]: Unsupported value: \"Fire\"");
    }

    private static final String POD =
            "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: main, image: nginx}]}}";

    private void cluster(String name, String spec) {
        played.apply(
                "{apiVersion: slipway.dev/v1alpha1, kind: Cluster, metadata: {name: %s}, spec: %s}"
                        .formatted(name, spec));
    }
}
