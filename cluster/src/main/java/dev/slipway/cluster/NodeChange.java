package dev.slipway.cluster;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.control.Occurrence;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Term;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// What another say of a node on who may be there means: pods wait for it, others have to leave, daemons come and go.
record NodeChange(Occurrence occurrence) {
    private static final Term WAITING = new Term.Field("spec.nodeName", "");

    Collection<ResourceKey> concerns(State state) {
        if (!isSaid()) {
            return List.of();
        }
        var there = new Term.Field("spec.nodeName", occurrence.key().name());
        return Stream.of(
                        state.list(ClusterKinds.PODS, WAITING),
                        state.list(ClusterKinds.PODS, there),
                        state.list(ClusterKinds.DAEMON_SETS))
                .flatMap(Collection::stream)
                .map(StoredObject::key)
                .toList();
    }

    private boolean isSaid() {
        return occurrence.operation() != Operation.UPDATE
                || !occurrence
                        .previous()
                        .map(NodeChange::said)
                        .filter(said(occurrence.object())::equals)
                        .isPresent();
    }

    private static Map<String, Object> said(Resource node) {
        return Tree.of(
                "labels",
                node.labels(),
                "taints",
                Objects.requireNonNullElse(node.spec().get("taints"), List.of()),
                "unschedulable",
                Boolean.TRUE.equals(node.spec().get("unschedulable")));
    }
}
