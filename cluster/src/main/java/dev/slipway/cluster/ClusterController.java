package dev.slipway.cluster;

import dev.slipway.cluster.pod.Placing;
import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Conditions;
import dev.slipway.cluster.simulation.Digest;
import dev.slipway.cluster.simulation.Simulation;
import dev.slipway.cluster.simulation.Simulations;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tempo;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says of each cluster what it does, and gives the simulated one that plays its nodes.
final class ClusterController implements Controller {
    static final String NAME = "slipway-cluster";

    private static final String VERSION = "v1.32.0+simulated";

    private final Resources resources;
    private final Clock clock;
    private final Tempo tempo = new Tempo();

    ClusterController(Resources resources, Clock clock) {
        this.resources = resources;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    /// A cluster that comes or goes may let another one play; pods count only where they reach the bound.
    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        var kind = occurrence.key().kind();
        if (kind.equals(ClusterKinds.CLUSTERS)) {
            return all(resources.state());
        }
        if (kind.equals(ClusterKinds.NODES)) {
            return occurrence.object().owners().stream()
                    .filter(owner -> owner.kind().equals("Cluster"))
                    .map(owner -> ClusterKinds.CLUSTERS.resource("", owner.name()))
                    .toList();
        }
        return kind.equals(ClusterKinds.PODS) && occurrence.operation() != Operation.UPDATE
                ? all(resources.state())
                : List.of();
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return state.list(ClusterKinds.CLUSTERS).stream().map(StoredObject::key).toList();
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var found = resources.state().get(key).map(StoredObject::resource);
        if (found.isEmpty() || found.get().terminating()) {
            return Next.DONE;
        }
        var cluster = found.get();
        var stage =
                new Stage(
                        resources,
                        Simulation.of(cluster),
                        tempo,
                        clock.instant(),
                        WriteOptions.controller(NAME, waking.causes()));
        var plays =
                Simulations.playing(resources.state())
                        .filter(one -> one.uid().equals(cluster.uid()))
                        .isPresent();
        nodes(stage, cluster, plays ? stage.simulation().nodes() : 0);
        stage.status(cluster, status(stage, cluster, plays));
        return Next.DONE;
    }

    // ---- nodes

    private static void nodes(Stage stage, Resource cluster, long number) {
        var wanted = new ArrayList<String>();
        for (long i = 0; i < number; i++) {
            wanted.add(stage.simulation().node(i));
        }
        stage.owned(ClusterKinds.NODES, cluster).stream()
                .filter(node -> !wanted.contains(node.name()))
                .forEach(stage::delete);
        for (var name : wanted) {
            var node = stage.find(ClusterKinds.NODES, "", name);
            if (node.isEmpty()) {
                say(stage, stage.create(ClusterKinds.NODES, node(cluster, name)));
            } else if (!stage.simulation().capacity().equals(node.get().status().get("capacity"))) {
                say(stage, node.get());
            }
        }
    }

    private static Map<String, Object> node(Resource cluster, String name) {
        return Tree.of(
                "apiVersion",
                "v1",
                "kind",
                "Node",
                "metadata",
                Tree.of(
                        "name",
                        name,
                        "labels",
                        Placing.labels(name),
                        "ownerReferences",
                        List.of(OwnerReference.controller(cluster).tree())));
    }

    private static void say(Stage stage, Resource node) {
        var conditions = new Conditions(node.status(), stage.time());
        conditions.set("Ready", "True", "Simulated", "this node is simulated; nothing runs on it");
        var resources = stage.simulation().capacity();
        var status = new LinkedHashMap<String, Object>(node.status());
        status.put(
                "addresses",
                List.of(
                        address("InternalIP", Digest.address("10.89", node.name())),
                        address("Hostname", node.name())));
        status.put("allocatable", resources);
        status.put("capacity", resources);
        status.put("conditions", conditions.list());
        status.put("nodeInfo", information());
        stage.status(node, status);
    }

    private static Map<String, Object> address(String type, String address) {
        return Tree.of("address", address, "type", type);
    }

    private static Map<String, Object> information() {
        var facts = new LinkedHashMap<String, Object>();
        for (var key : List.of("bootID", "machineID", "systemUUID")) {
            facts.put(key, "");
        }
        facts.put("architecture", "amd64");
        facts.put("containerRuntimeVersion", "simulated://1");
        facts.put("kernelVersion", "simulated");
        facts.put("kubeProxyVersion", VERSION);
        facts.put("kubeletVersion", VERSION);
        facts.put("operatingSystem", "linux");
        facts.put("osImage", "simulated");
        return facts;
    }

    // ---- status

    private static Map<String, Object> status(Stage stage, Resource cluster, boolean plays) {
        var simulated = Simulation.isSimulated(cluster);
        var conditions = new Conditions(cluster.status(), stage.time());
        var status = new LinkedHashMap<String, Object>();
        status.put("observedGeneration", cluster.generation());
        status.put("simulated", simulated);
        if (plays) {
            status.put("statuses", "simulated");
            status.put("nodes", stage.simulation().nodes());
            conditions.set("Ready", "True", "Playing", "statuses are played; nothing really runs");
            bound(stage, conditions);
        } else if (simulated) {
            status.put("statuses", "not played");
            conditions.set(
                    "Ready", "False", "OtherPlays", "an older simulated cluster plays already");
            conditions.remove("WithinBounds");
        } else {
            status.put("statuses", "recorded only");
            conditions.set(
                    "Ready", "True", "Recording", "resources are recorded, and nothing runs");
            conditions.remove("WithinBounds");
        }
        status.put("conditions", conditions.list());
        return status;
    }

    private static void bound(Stage stage, Conditions conditions) {
        var most = stage.simulation().maxPods();
        if (stage.state().count(ClusterKinds.PODS) < most) {
            conditions.set("WithinBounds", "True", "BelowMaxPods", "");
        } else {
            conditions.set(
                    "WithinBounds",
                    "False",
                    "MaxPods",
                    "no more than %d pods are played (spec.simulation.maxPods)".formatted(most));
        }
    }
}
