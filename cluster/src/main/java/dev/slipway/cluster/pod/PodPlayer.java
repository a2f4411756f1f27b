package dev.slipway.cluster.pod;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Player;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.Map;

/// Plays pods: each gets a node, its containers are created, run and become ready, or whatever goes wrong with them.
public final class PodPlayer implements Player {
    static final String BACK_OFF = "CrashLoopBackOff";

    @Override
    public KindKey kind() {
        return ClusterKinds.PODS;
    }

    @Override
    public void play(Stage stage, Resource pod) {
        if (Pods.isOver(pod)) {
            return;
        }
        if (Json.string(pod.spec(), "nodeName").isEmpty()) {
            place(stage, pod);
        } else {
            live(stage, pod);
        }
    }

    private static void place(Stage stage, Resource pod) {
        var status = new PodStatus(stage, pod);
        var refusal = Placing.refusal(stage, pod);
        if (refusal.isPresent()) {
            stage.status(pod, status.unschedulable(refusal.get()));
            PodEvents.of(stage, pod).unscheduled(refusal.get());
        } else if (stage.passed(pod, "schedule", stage.pace().schedule())) {
            var node = Placing.node(stage, pod);
            stage.merge(pod, Tree.of("spec", Tree.of("nodeName", node)));
            PodEvents.of(stage, pod).scheduled(node);
        } else {
            stage.status(pod, status.pending());
        }
    }

    private static void live(Stage stage, Resource pod) {
        var needs = new Needs(stage, pod);
        var unmounted = needs.volume();
        var life = new ContainerLife(stage, pod, stage.trouble(pod), needs, unmounted.isPresent());
        var events = PodEvents.of(stage, pod);
        unmounted.filter(_ -> isFresh(pod)).ifPresent(events::unmounted);
        var initial = new ArrayList<Container>();
        for (var spec : Tree.objects(pod.spec(), "initContainers")) {
            var before = before(pod, spec, "initContainerStatuses");
            initial.add(events.saw("initContainers", before, life.initial(before)));
        }
        var containers = new ArrayList<Container>();
        for (var spec : Tree.objects(pod.spec(), "containers")) {
            var before = before(pod, spec, "containerStatuses");
            var waits = !initial.stream().allMatch(Container::ready);
            containers.add(events.saw("containers", before, waits ? before : life.next(before)));
        }
        stage.status(pod, new PodStatus(stage, pod).of(initial, containers));
        events.tell();
    }

    /// Whether none of its containers has begun, so that its volumes are yet to be mounted.
    private static boolean isFresh(Resource pod) {
        return Tree.objects(pod.status(), "podIPs").isEmpty();
    }

    private static Container before(Resource pod, Map<String, Object> spec, String where) {
        var name = Json.string(spec, "name");
        var afterOthers =
                where.equals("containerStatuses")
                        && !Tree.objects(pod.spec(), "initContainers").isEmpty();
        return Tree.objects(pod.status(), where).stream()
                .filter(status -> name.equals(status.get("name")))
                .findFirst()
                .map(status -> Container.of(spec, status))
                .orElseGet(() -> Container.fresh(spec, afterOthers));
    }
}
