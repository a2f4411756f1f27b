package dev.slipway.cluster.workload;

import dev.slipway.cluster.pod.Placing;
import dev.slipway.cluster.pod.Pods;
import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Player;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Plays daemon sets: one pod on each node that takes it.
public final class DaemonSetPlayer implements Player {
    @Override
    public KindKey kind() {
        return ClusterKinds.DAEMON_SETS;
    }

    @Override
    public void play(Stage stage, Resource set) {
        var history = History.of(stage, set);
        var nodes = nodes(stage, set);
        var pods = stage.claimed(ClusterKinds.PODS, set, _ -> true);
        fill(stage, set, history, nodes, pods);
        var kept = Placing.kept(stage, spec(set));
        pods.stream()
                .filter(pod -> !kept.contains(node(pod)) || Pods.isOver(pod))
                .forEach(pod -> clear(stage, set, pod));
        update(stage, set, history, nodes, pods);
        var now = stage.owned(ClusterKinds.PODS, set);
        stage.status(set, status(stage, set, history, nodes, now));
        history.forgetOld(now);
    }

    private static void clear(Stage stage, Resource set, Resource pod) {
        var telling = new Telling(stage, set);
        if (Pods.isOver(pod) && !Pods.isSucceeded(pod)) {
            telling.warning(
                    "FailedDaemonPod",
                    "Found failed daemon pod %s/%s on node %s, will try to kill it"
                            .formatted(pod.namespace(), pod.name(), node(pod)));
        }
        telling.delete(pod);
    }

    private static List<String> nodes(Stage stage, Resource set) {
        return Placing.daemons(stage, spec(set));
    }

    private static Map<String, Object> spec(Resource set) {
        return tolerant(Json.copy(Json.object(Template.of(set.spec()).tree(), "spec")));
    }

    /// A daemon minds none of what is wrong with its node.
    private static Map<String, Object> tolerant(Map<String, Object> spec) {
        var tolerations = new ArrayList<>(Json.list(spec, "tolerations"));
        for (var trouble : List.of("not-ready", "unreachable")) {
            tolerations.add(toleration(trouble, "NoExecute"));
        }
        for (var trouble :
                List.of("disk-pressure", "memory-pressure", "pid-pressure", "unschedulable")) {
            tolerations.add(toleration(trouble, "NoSchedule"));
        }
        if (Boolean.TRUE.equals(spec.get("hostNetwork"))) {
            tolerations.add(toleration("network-unavailable", "NoSchedule"));
        }
        spec.put("tolerations", tolerations);
        return spec;
    }

    private static Map<String, Object> toleration(String trouble, String effect) {
        return Tree.of(
                "key", "node.kubernetes.io/" + trouble, "operator", "Exists", "effect", effect);
    }

    private static String node(Resource pod) {
        return Json.string(pod.spec(), "nodeName");
    }

    private static void fill(
            Stage stage, Resource set, History history, List<String> nodes, List<Resource> pods) {
        var taken = pods.stream().map(DaemonSetPlayer::node).toList();
        var free = nodes.stream().filter(node -> !taken.contains(node)).toList();
        var allowance = Allowance.of(stage, set, pods.size(), free.size());
        var telling = new Telling(stage, set);
        var made = new ArrayList<Map<String, Object>>();
        for (var node : free.subList(0, (int) allowance.pods())) {
            var pod = Made.pod(set, history.labelled(History.hash(history.current())));
            tolerant(Json.child(pod, "spec")).put("nodeName", node);
            made.add(pod);
        }
        telling.refused(allowance.refusal());
        telling.create(made);
    }

    /// Replaces pods of another template as far as enough are available.
    private static void update(
            Stage stage, Resource set, History history, List<String> nodes, List<Resource> pods) {
        var strategy = Json.object(set.spec(), "updateStrategy");
        if ("OnDelete".equals(strategy.get("type"))) {
            return;
        }
        var share = Json.at(strategy, "rollingUpdate", "maxUnavailable");
        var most = Math.max(1, Share.of(share, nodes.size(), true, 1));
        var missing = nodes.size() - Available.count(stage, set, pods);
        pods.stream()
                .filter(pod -> !isOf(pod, history))
                .limit(Math.max(0, most - missing))
                .forEach(new Telling(stage, set)::delete);
    }

    private static boolean isOf(Resource pod, History history) {
        var hash = History.hash(history.current());
        return pod.label(History.HASH).filter(hash::equals).isPresent();
    }

    private static Map<String, Object> status(
            Stage stage, Resource set, History history, List<String> nodes, List<Resource> pods) {
        var wanted = (long) nodes.size();
        var available = Available.count(stage, set, pods);
        var status = Made.status(set);
        status.put("observedGeneration", set.generation());
        status.put("desiredNumberScheduled", wanted);
        status.put("currentNumberScheduled", (long) pods.size());
        status.put("numberMisscheduled", 0L);
        status.put("numberReady", pods.stream().filter(Pods::isReady).count());
        count(status, "numberAvailable", available);
        count(status, "numberUnavailable", Math.max(0, wanted - available));
        count(
                status,
                "updatedNumberScheduled",
                pods.stream().filter(pod -> isOf(pod, history)).count());
        return status;
    }

    private static void count(Map<String, Object> status, String key, long number) {
        status.remove(key);
        Tree.putUnlessZero(status, key, number);
    }
}
