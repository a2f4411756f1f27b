package dev.slipway.cluster.pod;

import dev.slipway.cluster.pod.Placing.Place.Found;
import dev.slipway.cluster.pod.Placing.Place.Nowhere;
import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Player;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;

/// Plays pods: each gets a node, its containers are created, run and become ready, or whatever goes wrong with them.
public final class PodPlayer implements Player {
    static final String BACK_OFF = "CrashLoopBackOff";

    private final Room room;

    public PodPlayer(Room room) {
        this.room = room;
    }

    @Override
    public KindKey kind() {
        return ClusterKinds.PODS;
    }

    @Override
    public void play(Stage stage, Resource pod) {
        if (Pods.isOver(pod)) {
            return;
        }
        new Ephemeral(stage, pod).make();
        if (Json.string(pod.spec(), "nodeName").isEmpty()) {
            place(stage, pod);
        } else if (!evicted(stage, pod)) {
            live(stage, pod);
        }
    }

    private void place(Stage stage, Resource pod) {
        var status = new PodStatus(stage, pod);
        if (!stage.passed(pod, "schedule", stage.pace().schedule())) {
            stage.status(pod, status.pending());
            return;
        }
        switch (new Placing(stage, room, pod).place()) {
            case Found(var node) -> bind(stage, pod, node);
            case Nowhere(var why) -> {
                stage.status(pod, status.unschedulable(why));
                PodEvents.of(stage, pod).unscheduled(why);
            }
        }
    }

    private void bind(Stage stage, Resource pod, String node) {
        try {
            stage.merge(pod, Tree.of("spec", Tree.of("nodeName", node)));
        } catch (ProblemException e) {
            room.release(stage.key(pod));
            throw e;
        }
        PodEvents.of(stage, pod).scheduled(node);
    }

    /// Takes a pod away whose node it does not tolerate any more; whether it is gone.
    private static boolean evicted(Stage stage, Resource pod) {
        var stays = Node.of(stage, Json.string(pod.spec(), "nodeName")).taints().stays(pod.spec());
        var over =
                stays.entrySet().stream()
                        .filter(stay -> isOver(stage, pod, stay.getKey(), stay.getValue()))
                        .count();
        if (over > 0) {
            PodEvents.of(stage, pod).evicted();
            stage.delete(pod);
        }
        return over > 0;
    }

    private static boolean isOver(Stage stage, Resource pod, String taint, long seconds) {
        return stage.passed(pod, "taint " + taint, Duration.ofSeconds(seconds));
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
