package dev.slipway.cluster.workload;

import dev.slipway.cluster.pod.Pods;
import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Conditions;
import dev.slipway.cluster.simulation.Player;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plays replica sets: as many pods as they ask for, and how many of those are ready.
public final class ReplicaSetPlayer implements Player {
    /// Which pods go first: those that do least.
    private static final Comparator<Resource> IDLEST =
            Comparator.<Resource, Boolean>comparing(Pods::isReady)
                    .thenComparing(Comparator.comparing(ReplicaSetPlayer::created).reversed())
                    .thenComparing(Resource::name);

    @Override
    public KindKey kind() {
        return ClusterKinds.REPLICA_SETS;
    }

    @Override
    public void play(Stage stage, Resource set) {
        var pods =
                stage.claimed(ClusterKinds.PODS, set, pod -> !Pods.isOver(pod)).stream()
                        .filter(pod -> !Pods.isOver(pod))
                        .toList();
        var wanted = Tree.number(set.spec(), "replicas", 1);
        var telling = new Telling(stage, set);
        var refusal = Optional.<String>empty();
        if (pods.size() < wanted) {
            var allowance = Allowance.of(stage, set, pods.size(), wanted - pods.size());
            telling.refused(allowance.refusal());
            refusal = telling.create(made(set, allowance.pods())).or(allowance::refusal);
        } else if (pods.size() > wanted) {
            pods.stream().sorted(IDLEST).limit(pods.size() - wanted).forEach(telling::delete);
        }
        stage.status(set, status(stage, set, active(stage, set), refusal));
    }

    private static List<Resource> active(Stage stage, Resource set) {
        return stage.owned(ClusterKinds.PODS, set).stream()
                .filter(pod -> !Pods.isOver(pod))
                .toList();
    }

    private static List<Map<String, Object>> made(Resource set, long number) {
        var template = Template.of(set.spec()).tree();
        var pods = new ArrayList<Map<String, Object>>();
        for (long i = 0; i < number; i++) {
            pods.add(Made.pod(set, template));
        }
        return pods;
    }

    private static Map<String, Object> status(
            Stage stage, Resource set, List<Resource> pods, Optional<String> refusal) {
        var status = Made.status(set);
        status.put("replicas", (long) pods.size());
        count(status, "fullyLabeledReplicas", pods.size());
        count(status, "readyReplicas", pods.stream().filter(Pods::isReady).count());
        count(status, "availableReplicas", Available.count(stage, set, pods));
        status.put("observedGeneration", set.generation());
        var conditions = new Conditions(set.status(), stage.time());
        refusal.ifPresentOrElse(
                why -> conditions.set("ReplicaFailure", "True", "FailedCreate", why),
                () -> conditions.remove("ReplicaFailure"));
        if (conditions.list().isEmpty()) {
            status.remove("conditions");
        } else {
            status.put("conditions", conditions.list());
        }
        return status;
    }

    /// Noughts are left out, as the original leaves them out.
    private static void count(Map<String, Object> status, String key, long number) {
        status.remove(key);
        Tree.putUnlessZero(status, key, number);
    }

    private static String created(Resource pod) {
        return String.valueOf(pod.metadata().get("creationTimestamp"));
    }
}
