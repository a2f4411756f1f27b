package dev.slipway.cluster.workload;

import dev.slipway.cluster.pod.Pods;
import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Player;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Plays stateful sets: numbered pods, one after the other, each with its claims.
public final class StatefulSetPlayer implements Player {
    @Override
    public KindKey kind() {
        return ClusterKinds.STATEFUL_SETS;
    }

    @Override
    public void play(Stage stage, Resource set) {
        var history = History.of(stage, set);
        var pods = pods(stage, set);
        step(stage, set, history, pods);
        var now = pods(stage, set);
        stage.status(set, status(stage, set, history, now));
        history.forgetOld(List.copyOf(now.values()));
    }

    /// The pods that belong to the set by their numbers.
    private static NavigableMap<Long, Resource> pods(Stage stage, Resource set) {
        var pods = new TreeMap<Long, Resource>();
        for (var pod : stage.claimed(ClusterKinds.PODS, set, pod -> isMember(pod, set))) {
            pods.put(number(pod), pod);
        }
        return pods;
    }

    /// Whether a pod has one of the names that the set gives.
    private static boolean isMember(Resource pod, Resource set) {
        return pod.name().startsWith(set.name() + "-")
                && pod.name().substring(set.name().length() + 1).matches("[0-9]{1,9}");
    }

    private static long number(Resource pod) {
        var end = pod.name().substring(pod.name().lastIndexOf('-') + 1);
        return end.matches("[0-9]{1,9}") ? Long.parseLong(end) : 0;
    }

    private static void step(
            Stage stage, Resource set, History history, NavigableMap<Long, Resource> pods) {
        var parallel = "Parallel".equals(set.spec().get("podManagementPolicy"));
        var first = first(set);
        var end = first + Tree.number(set.spec(), "replicas", 1);
        for (var pod : pods.values()) {
            if (Pods.isOver(pod)) {
                var well = Pods.isSucceeded(pod);
                var message =
                        "StatefulSet %s/%s is recreating %s Pod %s"
                                .formatted(
                                        set.namespace(),
                                        set.name(),
                                        well ? "terminated" : "failed",
                                        pod.name());
                if (well) {
                    new Telling(stage, set).normal("RecreatingTerminatedPod", message);
                } else {
                    new Telling(stage, set).warning("RecreatingFailedPod", message);
                }
                stage.delete(pod);
                return;
            }
        }
        for (long number = first; number < end; number++) {
            var pod = pods.get(number);
            if (pod == null && !make(stage, set, history, number, pods.size())) {
                return;
            }
            if (!parallel && (pod == null || !Available.is(stage, set, pod))) {
                return;
            }
        }
        var beyond = new ArrayList<>(pods.tailMap(end, true).descendingMap().values());
        beyond.addAll(pods.headMap(first).values());
        new Claims(stage, set).own(pods, beyond);
        beyond.stream().limit(parallel ? beyond.size() : 1).forEach(pod -> delete(stage, set, pod));
        if (beyond.isEmpty()) {
            update(stage, set, history, pods);
        }
    }

    private static boolean make(Stage stage, Resource set, History history, long number, int have) {
        var allowance = Allowance.of(stage, set, have, 1);
        var telling = new Telling(stage, set);
        var name = set.name() + "-" + number;
        allowance.refusal().ifPresent(why -> telling.notMade(notMade(set, name, why)));
        if (allowance.pods() < 1) {
            return false;
        }
        var claims = new Claims(stage, set);
        claims.make(number);
        var pod = Made.pod(set, history.labelled(revision(set, history, number)), name);
        var labels = Json.child(Json.child(pod, "metadata"), "labels");
        labels.put("statefulset.kubernetes.io/pod-name", name);
        labels.put("apps.kubernetes.io/pod-index", Long.toString(number));
        var spec = Json.child(pod, "spec");
        spec.put("hostname", name);
        spec.put("subdomain", Json.string(set.spec(), "serviceName"));
        claims.mount(number, spec);
        try {
            stage.createAll(ClusterKinds.PODS, List.of(pod));
        } catch (ProblemException e) {
            if (e.problem().reason() != Reason.FORBIDDEN || stage.isLeaving(set)) {
                throw e;
            }
            telling.notMade(notMade(set, name, e.problem().message()));
            stage.retry(e.problem().message());
            return false;
        }
        telling.normal("SuccessfulCreate", done("create", name, set));
        return true;
    }

    /// The template that a new pod gets: below the partition still the one from before.
    private static Resource revision(Resource set, History history, long number) {
        return number < partition(set)
                ? history.named(Json.string(set.status(), "currentRevision"))
                : history.current();
    }

    /// The first number that is updated.
    private static long partition(Resource set) {
        var rolling = Json.object(Json.object(set.spec(), "updateStrategy"), "rollingUpdate");
        return first(set) + Tree.number(rolling, "partition", 0);
    }

    private static long first(Resource set) {
        return Tree.number(Json.object(set.spec(), "ordinals"), "start", 0);
    }

    private static String notMade(Resource set, String pod, String why) {
        return "create Pod %s in StatefulSet %s failed error: %s".formatted(pod, set.name(), why);
    }

    private static void delete(Stage stage, Resource set, Resource pod) {
        new Telling(stage, set).stop(pod);
        new Telling(stage, set).normal("SuccessfulDelete", done("delete", pod.name(), set));
    }

    private static String done(String what, String pod, Resource set) {
        return "%s Pod %s in StatefulSet %s successful".formatted(what, pod, set.name());
    }

    /// Replaces the highest pod of another template, when those above it are ready.
    private static void update(
            Stage stage, Resource set, History history, NavigableMap<Long, Resource> pods) {
        if (isOnDelete(set)) {
            return;
        }
        for (var pod : pods.tailMap(partition(set), true).descendingMap().values()) {
            if (!isOf(pod, history)) {
                delete(stage, set, pod);
                return;
            }
            if (!Pods.isReady(pod)) {
                return;
            }
        }
    }

    private static boolean isOnDelete(Resource set) {
        return "OnDelete".equals(Json.object(set.spec(), "updateStrategy").get("type"));
    }

    private static boolean isOf(Resource pod, History history) {
        return pod.label(History.HASH).filter(history.current().name()::equals).isPresent();
    }

    private static Map<String, Object> status(
            Stage stage, Resource set, History history, NavigableMap<Long, Resource> pods) {
        var all = List.copyOf(pods.values());
        var updated = all.stream().filter(pod -> isOf(pod, history)).count();
        var complete =
                !isOnDelete(set)
                        && updated == all.size()
                        && all.size() == Tree.number(set.spec(), "replicas", 1)
                        && all.stream().allMatch(Pods::isReady);
        var status = Made.status(set);
        var update = history.current().name();
        var current =
                complete
                        ? update
                        : String.valueOf(set.status().getOrDefault("currentRevision", update));
        status.put("observedGeneration", set.generation());
        status.put("replicas", (long) all.size());
        count(status, "readyReplicas", all.stream().filter(Pods::isReady).count());
        status.put("availableReplicas", Available.count(stage, set, all));
        count(
                status,
                "currentReplicas",
                all.stream()
                        .filter(pod -> pod.label(History.HASH).filter(current::equals).isPresent())
                        .count());
        count(status, "updatedReplicas", updated);
        status.put("currentRevision", current);
        status.put("updateRevision", update);
        status.put("collisionCount", 0L);
        return status;
    }

    private static void count(Map<String, Object> status, String key, long number) {
        status.remove(key);
        Tree.putUnlessZero(status, key, number);
    }
}
