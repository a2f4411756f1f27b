package dev.slipway.cluster.workload;

import dev.slipway.cluster.pod.Pods;
import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A deployment and its replica sets, of which one has the template that is wanted now.
///
/// @param current the replica set of the deployment's template
/// @param old all others, the oldest first
record Rollout(Stage stage, Resource deployment, Optional<Resource> current, List<Resource> old) {
    private static final String DEFAULT_SHARE = "25%";
    private static final long DEFAULT_HISTORY = 10;

    private static final Comparator<Resource> OLDEST =
            Comparator.<Resource, String>comparing(
                            set -> String.valueOf(set.metadata().get("creationTimestamp")))
                    .thenComparing(Resource::name);

    static Rollout of(Stage stage, Resource deployment) {
        var template = Template.of(deployment.spec());
        var sets = new ArrayList<>(stage.claimed(ClusterKinds.REPLICA_SETS, deployment, _ -> true));
        sets.sort(OLDEST);
        var current =
                sets.stream().filter(set -> Template.of(set.spec()).isSame(template)).findFirst();
        current.ifPresent(sets::remove);
        return new Rollout(stage, deployment, current, sets);
    }

    /// The same as it is after what was written.
    Rollout again() {
        var now = stage.find(ClusterKinds.DEPLOYMENTS, deployment.namespace(), deployment.name());
        return now.filter(one -> one.uid().equals(deployment.uid()))
                .map(one -> of(stage, one))
                .orElse(this);
    }

    /// The same with a replica set for the template, numbered as the newest revision.
    Rollout begun() {
        return new Revisions(this).begun();
    }

    // ---- what is wanted

    long replicas() {
        return Tree.number(deployment.spec(), "replicas", 1);
    }

    boolean isPaused() {
        return Boolean.TRUE.equals(deployment.spec().get("paused"));
    }

    boolean isRecreate() {
        return "Recreate".equals(Json.at(deployment.spec(), "strategy", "type"));
    }

    /// How many pods there may be beyond those that are wanted.
    long surge() {
        return isRecreate() ? 0 : Share.of(share("maxSurge"), replicas(), true, share(true));
    }

    /// How many of the wanted pods may be missing.
    long maxUnavailable() {
        if (isRecreate() || replicas() == 0) {
            return 0;
        }
        var given = Share.of(share("maxUnavailable"), replicas(), false, share(false));
        var most = given == 0 && surge() == 0 ? 1 : given;
        return Math.min(most, replicas());
    }

    private @Nullable Object share(String key) {
        return Json.at(deployment.spec(), "strategy", "rollingUpdate", key);
    }

    private long share(boolean up) {
        return Share.of(DEFAULT_SHARE, replicas(), up, 0);
    }

    /// Whether the number of pods that are wanted changed since the replica sets were scaled.
    boolean isScaled() {
        return all().stream()
                .filter(set -> specReplicas(set) > 0)
                .flatMap(set -> set.annotation(Revisions.DESIRED).stream())
                .anyMatch(desired -> !desired.equals(Long.toString(replicas())));
    }

    // ---- what there is

    List<Resource> all() {
        var all = new ArrayList<>(old);
        current.ifPresent(all::add);
        return all;
    }

    static long specReplicas(Resource set) {
        return Tree.number(set.spec(), "replicas", 1);
    }

    static long available(Resource set) {
        return Tree.number(set.status(), "availableReplicas", 0);
    }

    static long sum(List<Resource> sets, ToLongFunction<Resource> number) {
        return sets.stream().mapToLong(number).sum();
    }

    /// Whether pods of a replica set are there still.
    boolean hasPods(Resource set) {
        return stage.owned(ClusterKinds.PODS, set).stream().anyMatch(pod -> !Pods.isOver(pod));
    }

    // ---- what is done

    /// Scales a replica set; whether that changed anything.
    boolean scale(Resource set, long replicas) {
        var before = specReplicas(set);
        if (before == replicas) {
            return false;
        }
        stage.merge(
                set,
                Tree.of(
                        "metadata",
                        Tree.of("annotations", Revisions.sizes(this)),
                        "spec",
                        Tree.of("replicas", replicas)));
        new Telling(stage, deployment).scaled(set, before, replicas);
        return true;
    }

    /// How many pods the new replica set may have now.
    long replicasOfNew(Resource set) {
        var has = specReplicas(set);
        if (has >= replicas()) {
            return replicas();
        }
        var free = replicas() + surge() - sum(all(), Rollout::specReplicas);
        return free <= 0 ? has : has + Math.min(free, replicas() - has);
    }

    /// Takes old pods away as long as enough are available: first those that are not, whoever is oldest first.
    void scaleOldDown() {
        var least = replicas() - maxUnavailable();
        var missing = current.map(set -> specReplicas(set) - available(set)).orElse(0L);
        var most = sum(all(), Rollout::specReplicas) - least - missing;
        var cleaned = 0L;
        var left = new ArrayList<Resource>();
        for (var set : old) {
            var bad = Math.min(most - cleaned, specReplicas(set) - available(set));
            if (most <= 0 || bad <= 0) {
                left.add(set);
                continue;
            }
            cleaned += bad;
            scale(set, specReplicas(set) - bad);
        }
        if (cleaned == 0 && most > 0) {
            scaleAvailableDown(left, sum(all(), Rollout::available) - least);
        }
    }

    private void scaleAvailableDown(List<Resource> sets, long most) {
        var left = most;
        for (var set : sets) {
            var down = Math.min(specReplicas(set), left);
            if (down > 0) {
                scale(set, specReplicas(set) - down);
                left -= down;
            }
        }
    }

    /// Lets go of the oldest replica sets without pods, beyond the history that is kept.
    void forgetOld() {
        if (!DeploymentStatus.isComplete(deployment)) {
            return;
        }
        var kept = Tree.number(deployment.spec(), "revisionHistoryLimit", DEFAULT_HISTORY);
        var idle =
                old.stream()
                        .filter(set -> specReplicas(set) == 0)
                        .filter(set -> Tree.number(set.status(), "replicas", 0) == 0)
                        .sorted(Comparator.comparingLong(Revisions::number))
                        .toList();
        idle.stream().limit(Math.max(0, old.size() - kept)).forEach(stage::delete);
    }
}
