package dev.slipway.cluster.pod;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Digest;
import dev.slipway.cluster.simulation.Fault;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.cluster.simulation.Trouble;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which node a pod goes to: of those that take it and have room, the one that has the fewest of its siblings.
public record Placing(Stage stage, Room room, Resource pod) {
    private static final String HELPLESS = "Preemption is not helpful for scheduling";
    private static final String NO_VICTIMS = "No preemption victims found for incoming pod";

    /// Where a pod goes.
    sealed interface Place {
        /// To this node, which keeps room for it.
        record Found(String node) implements Place {}

        /// Nowhere, in the words of the original's scheduler.
        record Nowhere(String why) implements Place {}
    }

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

    /// The nodes that take daemons of a spec.
    public static List<String> daemons(Stage stage, Map<String, Object> spec) {
        return names(stage, node -> node.takesDaemon(spec));
    }

    /// The nodes where daemons of a spec that are there may stay.
    public static List<String> kept(Stage stage, Map<String, Object> spec) {
        return names(stage, node -> node.keepsDaemon(spec));
    }

    private static List<String> names(Stage stage, Predicate<Node> good) {
        return Node.all(stage).stream().filter(good).map(Node::name).toList();
    }

    Place place() {
        var nodes = Node.all(stage);
        if (isAskedToFail()) {
            return nowhere(
                    nodes.size(), nodes.size() + " Insufficient cpu (simulated)", victims(nodes));
        }
        var claim = new Ephemeral(stage, pod).foreign().or(new Needs(stage, pod)::claim);
        if (claim.isPresent()) {
            return nowhere(nodes.size(), claim.get(), nodes.size() + " " + HELPLESS);
        }
        var open = nodes.stream().filter(node -> node.refusal(pod.spec()).isEmpty()).toList();
        synchronized (room) {
            var liked = open.stream().sorted(liking(nodes)).map(Node::name).toList();
            return room.take(stage::state, stage.key(pod), pod, most(), liked)
                    .<Place>map(Place.Found::new)
                    .orElseGet(() -> refused(nodes));
        }
    }

    private boolean isAskedToFail() {
        return stage.trouble(pod)
                .map(Trouble::fault)
                .filter(Fault.Unschedulable.class::isInstance)
                .isPresent();
    }

    private Demand most() {
        return Demand.written(stage.simulation().capacity());
    }

    private static String victims(List<Node> nodes) {
        return nodes.size() + " " + NO_VICTIMS;
    }

    private static Place.Nowhere nowhere(long nodes, String why, String preemption) {
        return new Place.Nowhere(
                "0/%d nodes are available: %s. preemption: 0/%d nodes are available: %s."
                        .formatted(nodes, why, nodes, preemption));
    }

    /// The refusals of all nodes, counted.
    private Place.Nowhere refused(List<Node> nodes) {
        var demand = Demand.of(pod.spec());
        var reasons = new TreeMap<String, Long>();
        var preemptions = new TreeMap<String, Long>();
        for (var node : nodes) {
            var refusal = node.refusal(pod.spec());
            var lacking = demand.lacking(most(), room.taken(node.name()));
            refusal.map(List::of).orElse(lacking).forEach(why -> reasons.merge(why, 1L, Long::sum));
            var ever = refusal.isEmpty() && demand.lacking(most(), Demand.NONE).isEmpty();
            preemptions.merge(ever ? NO_VICTIMS : HELPLESS, 1L, Long::sum);
        }
        return nowhere(nodes.size(), told(reasons), told(preemptions));
    }

    /// `1 Insufficient cpu, 2 node(s) were unschedulable`.
    private static String told(Map<String, Long> counts) {
        var told = new ArrayList<String>();
        counts.forEach((why, count) -> told.add(count + " " + why));
        return told.stream().sorted().collect(Collectors.joining(", "));
    }

    // ---- which one is liked best

    private Comparator<Node> liking(List<Node> nodes) {
        var siblings = siblings();
        var names = nodes.stream().map(Node::name).toList();
        var first = Math.floorMod(Digest.number(pod.uid()), names.size());
        return Comparator.<Node>comparingLong(node -> node.taints().reluctance(pod.spec()))
                .thenComparing(node -> siblings.getOrDefault(node.name(), 0L))
                .thenComparing(node -> room.taken(node.name()).pods())
                .thenComparingInt(
                        node -> Math.floorMod(names.indexOf(node.name()) - first, names.size()));
    }

    private Map<String, Long> siblings() {
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
}
