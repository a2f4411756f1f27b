package dev.slipway.cluster.pod;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Digest;
import dev.slipway.cluster.simulation.Fault;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.cluster.simulation.Trouble;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Term;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Which node a pod goes to: the one that has the fewest of its siblings.
public final class Placing {
    private Placing() {}

    /// The labels of a node.
    public static Map<String, Object> labels(String node) {
        return Tree.of(
                "beta.kubernetes.io/arch",
                "amd64",
                "beta.kubernetes.io/os",
                "linux",
                "kubernetes.io/arch",
                "amd64",
                "kubernetes.io/hostname",
                node,
                "kubernetes.io/os",
                "linux");
    }

    /// The nodes that take pods of a spec.
    public static List<String> nodes(Stage stage, Map<String, Object> spec) {
        var pod = new Resource(Tree.of("spec", spec));
        return LongStream.range(0, stage.simulation().nodes())
                .filter(index -> takes(stage, index, pod))
                .mapToObj(stage.simulation()::node)
                .toList();
    }

    /// Why no node takes a pod.
    static Optional<String> refusal(Stage stage, Resource pod) {
        var nodes = stage.simulation().nodes();
        var asked =
                stage.trouble(pod)
                        .map(Trouble::fault)
                        .filter(Fault.Unschedulable.class::isInstance)
                        .isPresent();
        if (asked) {
            return Optional.of(
                    "0/%d nodes are available: %d Insufficient cpu (simulated). preemption: 0/%d nodes are available: %d No preemption victims found for incoming pod."
                            .formatted(nodes, nodes, nodes, nodes));
        }
        var claim = new Needs(stage, pod).claim();
        if (claim.isPresent()) {
            return Optional.of(
                    "0/%d nodes are available: %s. preemption: 0/%d nodes are available: %d Preemption is not helpful for scheduling."
                            .formatted(nodes, claim.get(), nodes, nodes));
        }
        return LongStream.range(0, nodes).anyMatch(index -> takes(stage, index, pod))
                ? Optional.empty()
                : Optional.of(
                        "0/%d nodes are available: %d node(s) didn't match Pod's node affinity/selector. preemption: 0/%d nodes are available: %d Preemption is not helpful for scheduling."
                                .formatted(nodes, nodes, nodes, nodes));
    }

    /// The node for a pod that one takes.
    static String node(Stage stage, Resource pod) {
        var siblings = siblings(stage, pod);
        var nodes = stage.simulation().nodes();
        var first = Math.floorMod(Digest.number(pod.uid()), nodes);
        return LongStream.range(0, nodes)
                .map(index -> (first + index) % nodes)
                .filter(index -> takes(stage, index, pod))
                .mapToObj(stage.simulation()::node)
                .min(Comparator.comparingLong(node -> siblings.getOrDefault(node, 0L)))
                .orElseThrow();
    }

    private static Map<String, Long> siblings(Stage stage, Resource pod) {
        var owner = pod.owners().stream().filter(OwnerReference::controller).findFirst();
        if (owner.isEmpty()) {
            return Map.of();
        }
        return stage.state().list(ClusterKinds.PODS, new Term.OwnedBy(owner.get().uid())).stream()
                .map(Placing::nodeOf)
                .collect(Collectors.groupingBy(node -> node, Collectors.counting()));
    }

    private static String nodeOf(StoredObject pod) {
        return pod.field("spec.nodeName");
    }

    private static boolean takes(Stage stage, long index, Resource pod) {
        var labels = labels(stage.simulation().node(index));
        return Json.object(pod.spec(), "nodeSelector").entrySet().stream()
                .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
    }
}
