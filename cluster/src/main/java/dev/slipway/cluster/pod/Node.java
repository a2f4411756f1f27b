package dev.slipway.cluster.pod;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/// A node, as far as it matters to pods.
///
/// @param closed whether new pods are kept away, as `kubectl cordon` wants it
record Node(String name, Map<String, Object> labels, Taints taints, boolean closed) {
    /// All nodes that there are to be; one that is not yet stored is open to everybody.
    static List<Node> all(Stage stage) {
        return LongStream.range(0, stage.simulation().nodes())
                .mapToObj(stage.simulation()::node)
                .map(name -> of(stage, name))
                .toList();
    }

    static Node of(Stage stage, String name) {
        return stage.find(ClusterKinds.NODES, "", name)
                .map(Node::of)
                .orElseGet(
                        () -> new Node(name, Placing.labels(name), new Taints(List.of()), false));
    }

    private static Node of(Resource node) {
        return new Node(
                node.name(),
                node.labels(),
                new Taints(Tree.objects(node.spec(), "taints")),
                Boolean.TRUE.equals(node.spec().get("unschedulable")));
    }

    /// Why it takes no pods of a spec, however much room it has; in the words and the order of the original's scheduler.
    Optional<String> refusal(Map<String, Object> spec) {
        if (closed && !Taints.isForClosed(spec)) {
            return Optional.of("node(s) were unschedulable");
        }
        var taint = taints.against(spec);
        if (taint.isPresent()) {
            return Optional.of("node(s) had untolerated taint " + Taints.text(taint.get()));
        }
        return new NodeAffinity(spec).fits(name, labels)
                ? Optional.empty()
                : Optional.of("node(s) didn't match Pod's node affinity/selector");
    }

    /// Whether it takes a daemon of a spec, which does not mind a closed node.
    boolean takesDaemon(Map<String, Object> spec) {
        return new NodeAffinity(spec).fits(name, labels) && taints.against(spec).isEmpty();
    }

    /// Whether a daemon that is there may stay.
    boolean keepsDaemon(Map<String, Object> spec) {
        return new NodeAffinity(spec).fits(name, labels) && taints.stays(spec).isEmpty();
    }
}
