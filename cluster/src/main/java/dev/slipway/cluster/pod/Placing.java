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
import java.util.ArrayList;
import java.util.Arrays;
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
        var matching =
                LongStream.range(0, nodes).filter(index -> takes(stage, index, pod)).toArray();
        return Arrays.stream(matching).anyMatch(index -> isOpen(stage, index, pod))
                ? Optional.empty()
                : Optional.of(
                        "0/%d nodes are available: %s. preemption: 0/%d nodes are available: %d Preemption is not helpful for scheduling."
                                .formatted(nodes, reasons(nodes, matching.length), nodes, nodes));
    }

    private static String reasons(long nodes, long closed) {
        var reasons = new ArrayList<String>();
        if (nodes > closed) {
            reasons.add(
                    "%d node(s) didn't match Pod's node affinity/selector"
                            .formatted(nodes - closed));
        }
        if (closed > 0) {
            reasons.add(closed + " node(s) were unschedulable");
        }
        return String.join(", ", reasons);
    }

    /// Whether a node takes new pods, or the pod does not mind.
    private static boolean isOpen(Stage stage, long index, Resource pod) {
        return stage.find(ClusterKinds.NODES, "", stage.simulation().node(index))
                        .filter(node -> Boolean.TRUE.equals(node.spec().get("unschedulable")))
                        .isEmpty()
                || Tree.objects(pod.spec(), "tolerations").stream().anyMatch(Placing::isForClosed);
    }

    private static boolean isForClosed(Map<String, Object> toleration) {
        var key = Json.string(toleration, "key");
        return key.equals("node.kubernetes.io/unschedulable")
                || (key.isEmpty() && "Exists".equals(toleration.get("operator")));
    }

    /// The node for a pod that one takes.
    static String node(Stage stage, Resource pod) {
        var siblings = siblings(stage, pod);
        var nodes = stage.simulation().nodes();
        var first = Math.floorMod(Digest.number(pod.uid()), nodes);
        return LongStream.range(0, nodes)
                .map(index -> (first + index) % nodes)
                .filter(index -> isOpen(stage, index, pod) && takes(stage, index, pod))
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
