package dev.slipway.cluster.workload;

import dev.slipway.cluster.pod.Pods;
import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Conditions;
import dev.slipway.cluster.simulation.Player;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Plays pod disruption budgets: how many of the pods that one selects are ready, and how many of them may go.
public final class BudgetPlayer implements Player {
    private static final String ALLOWED = "DisruptionAllowed";

    /// How long changes of pods are gathered, since each count looks at all of them.
    private static final Duration COALESCE = Duration.ofMillis(100);

    /// How long a pod counts as gone that was let go.
    private static final Duration MOST_LEAVING = Duration.ofMinutes(2);

    /// The workloads that say how many pods they want.
    private static final Set<String> SCALED = Set.of("Deployment", "ReplicaSet", "StatefulSet");

    /// Whether a pod means the same to a budget as it did before.
    public static boolean countsAs(Resource before, Resource now) {
        return Pods.isReady(before) == Pods.isReady(now)
                && before.terminating() == now.terminating()
                && before.labels().equals(now.labels())
                && before.owners().equals(now.owners());
    }

    @Override
    public KindKey kind() {
        return ClusterKinds.BUDGETS;
    }

    @Override
    public void play(Stage stage, Resource budget) {
        var seen = Tree.number(budget.status(), "observedGeneration", 0);
        if (seen == budget.generation() && !stage.passed(budget, "count", COALESCE)) {
            return;
        }
        var pods = pods(stage, budget);
        var expected = expected(stage, budget, pods);
        var leaving = leaving(stage, budget, pods);
        var healthy =
                pods.stream()
                        .filter(pod -> Pods.isReady(pod) && !pod.terminating())
                        .filter(pod -> !leaving.containsKey(pod.name()))
                        .count();
        var desired = desired(budget, expected);
        var status = Made.status(budget);
        status.put("currentHealthy", healthy);
        status.put("desiredHealthy", desired);
        status.put("disruptionsAllowed", expected == 0 ? 0 : Math.max(0, healthy - desired));
        status.put("expectedPods", expected);
        status.remove("disruptedPods");
        if (!leaving.isEmpty()) {
            status.put("disruptedPods", leaving);
        }
        status.put("observedGeneration", budget.generation());
        status.put("conditions", conditions(stage, budget, expected > 0 && healthy > desired));
        stage.status(budget, status);
    }

    /// The pods that were let go a moment ago and are there still.
    private static Map<String, Object> leaving(Stage stage, Resource budget, List<Resource> pods) {
        var leaving = new LinkedHashMap<String, Object>();
        var noted = Json.object(budget.status(), "disruptedPods");
        for (var pod : pods) {
            if (!pod.terminating() && noted.get(pod.name()) instanceof String since) {
                var left = Duration.between(stage.now(), Instant.parse(since).plus(MOST_LEAVING));
                if (left.isPositive()) {
                    leaving.put(pod.name(), since);
                    stage.wakeAfter(left);
                }
            }
        }
        return leaving;
    }

    /// Those that are selected; a budget without a selector selects none.
    private static List<Resource> pods(Stage stage, Resource budget) {
        if (!budget.spec().containsKey("selector")) {
            return List.of();
        }
        var selector = Json.object(budget.spec(), "selector");
        return stage.selected(ClusterKinds.PODS, budget.namespace(), selector).stream()
                .map(StoredObject::resource)
                .toList();
    }

    /// How many pods there should be: those that there are, or as many as their workloads want where a share of these is
    /// asked for.
    private static long expected(Stage stage, Resource budget, List<Resource> pods) {
        if (budget.spec().get("minAvailable") instanceof Long) {
            return pods.size();
        }
        var seen = new HashSet<String>();
        return pods.stream()
                .map(pod -> stage.chain(pod).getLast())
                .filter(workload -> seen.add(workload.uid()))
                .mapToLong(BudgetPlayer::wanted)
                .sum();
    }

    private static long wanted(Resource workload) {
        return SCALED.contains(workload.kind()) ? Tree.number(workload.spec(), "replicas", 1) : 1;
    }

    private static long desired(Resource budget, long expected) {
        var least = budget.spec().get("minAvailable");
        return least != null
                ? Share.of(least, expected, true, 0)
                : Math.max(
                        0,
                        expected
                                - Share.of(budget.spec().get("maxUnavailable"), expected, true, 0));
    }

    private static List<Object> conditions(Stage stage, Resource budget, boolean allowed) {
        var conditions = new Conditions(budget.status(), stage.time());
        conditions.set(
                ALLOWED,
                allowed ? "True" : "False",
                allowed ? "SufficientPods" : "InsufficientPods",
                "");
        conditions.find(ALLOWED).ifPresent(one -> complete(one, budget));
        return conditions.list();
    }

    /// Fields that the kind wants even where they say nothing.
    private static void complete(Map<String, Object> condition, Resource budget) {
        condition.put("message", "");
        condition.put("observedGeneration", budget.generation());
    }
}
