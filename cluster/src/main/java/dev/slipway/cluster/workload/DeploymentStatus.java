package dev.slipway.cluster.workload;

import dev.slipway.cluster.simulation.Conditions;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The status of a deployment as it follows from its replica sets.
record DeploymentStatus(Stage stage, Rollout rollout) {
    private static final String COMPLETE = "NewReplicaSetAvailable";
    private static final String TIMED_OUT = "ProgressDeadlineExceeded";
    private static final String RESUMED = "DeploymentResumed";
    private static final String PAUSED = "DeploymentPaused";

    /// Writes it where it differs.
    void write() {
        var deployment = rollout.deployment();
        var status = Made.status(deployment);
        var all = rollout.all();
        var current = rollout.current().map(List::of).orElse(List.of());
        var available = Rollout.sum(all, Rollout::available);
        status.put("observedGeneration", deployment.generation());
        count(status, "replicas", Rollout.sum(all, set -> number(set, "replicas")));
        count(status, "updatedReplicas", Rollout.sum(current, set -> number(set, "replicas")));
        count(status, "readyReplicas", Rollout.sum(all, set -> number(set, "readyReplicas")));
        count(status, "availableReplicas", available);
        count(
                status,
                "unavailableReplicas",
                Math.max(0, Rollout.sum(all, Rollout::specReplicas) - available));
        var conditions = new Conditions(deployment.status(), stage.time());
        available(conditions, available);
        progressing(conditions, status);
        failing(conditions);
        status.put("conditions", conditions.list());
        stage.status(deployment, status);
    }

    private void available(Conditions conditions, long available) {
        if (available >= rollout.replicas() - rollout.maxUnavailable()) {
            conditions.update(
                    "Available",
                    "True",
                    "MinimumReplicasAvailable",
                    "Deployment has minimum availability.",
                    false);
        } else {
            conditions.update(
                    "Available",
                    "False",
                    "MinimumReplicasUnavailable",
                    "Deployment does not have minimum availability.",
                    false);
        }
    }

    private void progressing(Conditions conditions, Map<String, Object> status) {
        var reason = conditions.reason("Progressing");
        if (rollout.isPaused()) {
            progress(conditions, "Unknown", PAUSED, "Deployment is paused", false);
        } else if (reason.equals(PAUSED)) {
            progress(conditions, "Unknown", RESUMED, "Deployment is resumed", false);
            stage.wakeAfter(Duration.ZERO);
        } else if (reason.equals(COMPLETE) && outdated(status) == 0) {
            return; // What was rolled out once stays so, whatever becomes of its pods.
        } else if (isComplete(rollout.replicas(), status)) {
            progress(conditions, "True", COMPLETE, what() + " has successfully progressed.", false);
        } else if (progressed(status) || reason.isEmpty() || reason.equals(COMPLETE)) {
            var made = rollout.deployment().status().isEmpty();
            progress(
                    conditions,
                    "True",
                    made ? "NewReplicaSetCreated" : "ReplicaSetUpdated",
                    made
                            ? "Created new replica set \"%s\"".formatted(name())
                            : what() + " is progressing.",
                    true);
            watchDeadline(conditions);
        } else if (!reason.equals(TIMED_OUT)) {
            watchDeadline(conditions);
        }
    }

    /// A rollout that has not moved for too long has failed, until it moves.
    private void watchDeadline(Conditions conditions) {
        var deadline = Tree.number(rollout.deployment().spec(), "progressDeadlineSeconds", 600);
        var since =
                conditions
                        .find("Progressing")
                        .map(one -> Json.string(one, "lastUpdateTime"))
                        .filter(time -> !time.isEmpty())
                        .map(Instant::parse)
                        .orElse(stage.now());
        var left = Duration.between(stage.now(), since.plusSeconds(deadline));
        if (left.isPositive()) {
            stage.wakeAfter(left);
        } else {
            progress(conditions, "False", TIMED_OUT, what() + " has timed out progressing.", true);
        }
    }

    private static void progress(
            Conditions conditions, String status, String reason, String message, boolean touch) {
        conditions.update("Progressing", status, reason, message, touch);
    }

    /// What a replica set cannot make is its deployment's failure, too.
    private void failing(Conditions conditions) {
        Optional<Map<String, Object>> failure =
                rollout.all().reversed().stream()
                        .flatMap(set -> Tree.objects(set.status(), "conditions").stream())
                        .filter(one -> "ReplicaFailure".equals(one.get("type")))
                        .findFirst();
        failure.ifPresentOrElse(
                one ->
                        conditions.update(
                                "ReplicaFailure",
                                "True",
                                Json.string(one, "reason"),
                                Json.string(one, "message"),
                                false),
                () -> conditions.remove("ReplicaFailure"));
    }

    /// Whether more pods are new, fewer are old, or more are ready than when the status was last written.
    private boolean progressed(Map<String, Object> status) {
        var before = rollout.deployment().status();
        return number(status, "updatedReplicas") > number(before, "updatedReplicas")
                || outdated(status) < outdated(before)
                || number(status, "readyReplicas") > number(before, "readyReplicas")
                || number(status, "availableReplicas") > number(before, "availableReplicas");
    }

    private static long outdated(Map<String, Object> status) {
        return number(status, "replicas") - number(status, "updatedReplicas");
    }

    /// Whether all that is wanted is there, and nothing else.
    static boolean isComplete(Resource deployment) {
        return Tree.number(deployment.status(), "observedGeneration", 0) >= deployment.generation()
                && isComplete(Tree.number(deployment.spec(), "replicas", 1), deployment.status());
    }

    private static boolean isComplete(long replicas, Map<String, Object> status) {
        return number(status, "updatedReplicas") == replicas
                && number(status, "replicas") == replicas
                && number(status, "availableReplicas") == replicas;
    }

    private String what() {
        return rollout.current().isPresent()
                ? "ReplicaSet \"%s\"".formatted(name())
                : "Deployment \"%s\"".formatted(rollout.deployment().name());
    }

    private String name() {
        return rollout.current().map(Resource::name).orElse("");
    }

    private static long number(Resource set, String key) {
        return number(set.status(), key);
    }

    private static long number(Map<String, Object> status, String key) {
        return Tree.number(status, key, 0);
    }

    private static void count(Map<String, Object> status, String key, long number) {
        status.remove(key);
        Tree.putUnlessZero(status, key, number);
    }
}
