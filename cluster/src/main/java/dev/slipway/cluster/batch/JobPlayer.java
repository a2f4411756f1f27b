package dev.slipway.cluster.batch;

import dev.slipway.cluster.pod.Pods;
import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Conditions;
import dev.slipway.cluster.simulation.Player;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.cluster.workload.Allowance;
import dev.slipway.cluster.workload.Made;
import dev.slipway.cluster.workload.Telling;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plays jobs: pods until enough have succeeded, or too many have failed.
public final class JobPlayer implements Player {
    private static final long USUAL_BACK_OFF = 6;

    @Override
    public KindKey kind() {
        return ClusterKinds.JOBS;
    }

    @Override
    public void play(Stage stage, Resource job) {
        if (isOver(job)) {
            leave(stage, job);
            return;
        }
        var pods = stage.owned(ClusterKinds.PODS, job);
        var end = end(stage, job, pods);
        if (end.isPresent() || isSuspended(job)) {
            pods.stream().filter(pod -> !Pods.isOver(pod)).forEach(stage::delete);
        } else {
            fill(stage, job, pods);
        }
        var now = stage.owned(ClusterKinds.PODS, job);
        stage.status(job, status(stage, job, now, end));
        end.ifPresent(one -> one.tell(new Telling(stage, job)));
    }

    static boolean isOver(Resource job) {
        var conditions = new Conditions(job.status(), "");
        return conditions.isTrue("Complete") || conditions.isTrue("Failed");
    }

    private static boolean isSuspended(Resource job) {
        return Boolean.TRUE.equals(job.spec().get("suspend"));
    }

    /// A job that is over goes after a while, if it says so.
    private static void leave(Stage stage, Resource job) {
        var time = Json.string(job.status(), "completionTime");
        if (!(job.spec().get("ttlSecondsAfterFinished") instanceof Long seconds)
                || time.isEmpty()) {
            return;
        }
        var left = Duration.between(stage.now(), Instant.parse(time).plusSeconds(seconds));
        if (left.isPositive()) {
            stage.wakeAfter(left);
        } else {
            stage.delete(job);
        }
    }

    // ---- pods

    private static long completions(Resource job) {
        return Tree.number(job.spec(), "completions", Tree.number(job.spec(), "parallelism", 1));
    }

    private static boolean isIndexed(Resource job) {
        return "Indexed".equals(job.spec().get("completionMode"));
    }

    private static void fill(Stage stage, Resource job, List<Resource> pods) {
        var succeeded = succeeded(pods);
        var active = pods.stream().filter(pod -> !Pods.isOver(pod)).count();
        var parallel = Tree.number(job.spec(), "parallelism", 1);
        var wanted = Math.min(parallel, completions(job) - succeeded) - active;
        var allowance = Allowance.of(stage, job, active, Math.max(0, wanted));
        var telling = new Telling(stage, job);
        var indices = free(job, pods);
        var made = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < allowance.pods(); i++) {
            made.add(pod(job, i < indices.size() ? indices.get(i) : i));
        }
        telling.created(stage.createAll(ClusterKinds.PODS, made));
        telling.refused(allowance.refusal());
        pods.stream()
                .filter(pod -> !Pods.isOver(pod))
                .limit(Math.max(0, -wanted))
                .forEach(stage::delete);
    }

    /// The indices that no pod has that runs or succeeded.
    private static List<Integer> free(Resource job, List<Resource> pods) {
        var taken =
                pods.stream()
                        .filter(pod -> !Pods.isOver(pod) || Pods.isSucceeded(pod))
                        .flatMap(pod -> pod.label(INDEX).stream())
                        .toList();
        var free = new ArrayList<Integer>();
        for (int i = 0; i < completions(job); i++) {
            if (!taken.contains(Integer.toString(i))) {
                free.add(i);
            }
        }
        return free;
    }

    private static final String INDEX = "batch.kubernetes.io/job-completion-index";

    private static Map<String, Object> pod(Resource job, int index) {
        var pod = Made.pod(job, Json.object(job.spec(), "template"));
        var metadata = Json.child(pod, "metadata");
        var labels = Json.child(metadata, "labels");
        labels.put("batch.kubernetes.io/controller-uid", job.uid());
        labels.put("batch.kubernetes.io/job-name", job.name());
        labels.put("controller-uid", job.uid());
        labels.put("job-name", job.name());
        if (isIndexed(job)) {
            labels.put(INDEX, Integer.toString(index));
            Json.child(metadata, "annotations").put(INDEX, Integer.toString(index));
            Json.child(pod, "spec").put("hostname", job.name() + "-" + index);
        }
        return pod;
    }

    private static long succeeded(List<Resource> pods) {
        return pods.stream().filter(Pods::isSucceeded).count();
    }

    private static long failed(List<Resource> pods) {
        return pods.stream().filter(pod -> Pods.isOver(pod) && !Pods.isSucceeded(pod)).count();
    }

    // ---- the end

    /// How a job ended.
    ///
    /// @param before the condition that the original sets a moment earlier
    private record End(String before, String condition, String reason, String message) {
        void tell(Telling telling) {
            if (condition.equals("Complete")) {
                telling.normal("Completed", "Job completed");
            } else {
                telling.warning(reason, message);
            }
        }
    }

    private static Optional<End> end(Stage stage, Resource job, List<Resource> pods) {
        if (!isSuspended(job) && succeeded(pods) >= completions(job)) {
            return Optional.of(
                    new End(
                            "SuccessCriteriaMet",
                            "Complete",
                            "CompletionsReached",
                            "Reached expected number of succeeded pods"));
        }
        var limit = Tree.number(job.spec(), "backoffLimit", USUAL_BACK_OFF);
        var restarts =
                pods.stream().filter(pod -> !Pods.isOver(pod)).mapToLong(Pods::restarts).sum();
        if (failed(pods) + restarts > limit) {
            return Optional.of(
                    new End(
                            "FailureTarget",
                            "Failed",
                            "BackoffLimitExceeded",
                            "Job has reached the specified backoff limit"));
        }
        return isTooLong(stage, job)
                ? Optional.of(
                        new End(
                                "FailureTarget",
                                "Failed",
                                "DeadlineExceeded",
                                "Job was active longer than specified deadline"))
                : Optional.empty();
    }

    private static boolean isTooLong(Stage stage, Resource job) {
        var begun = Json.string(job.status(), "startTime");
        if (!(job.spec().get("activeDeadlineSeconds") instanceof Long seconds)
                || begun.isEmpty()
                || isSuspended(job)) {
            return false;
        }
        var left = Duration.between(stage.now(), Instant.parse(begun).plusSeconds(seconds));
        if (left.isPositive()) {
            stage.wakeAfter(left);
        }
        return !left.isPositive();
    }

    private static Map<String, Object> status(
            Stage stage, Resource job, List<Resource> pods, Optional<End> end) {
        var status = Made.status(job);
        var conditions = new Conditions(job.status(), stage.time());
        suspended(job, status, conditions, stage);
        var active = pods.stream().filter(pod -> !Pods.isOver(pod)).toList();
        count(status, "active", active.size());
        count(status, "succeeded", succeeded(pods));
        count(status, "failed", failed(pods));
        status.put("ready", active.stream().filter(Pods::isReady).count());
        status.put("terminating", 0L);
        status.put("uncountedTerminatedPods", Tree.of());
        if (isIndexed(job)) {
            status.put("completedIndexes", indices(pods));
        }
        end.ifPresent(one -> {
            conditions.set(one.before(), "True", one.reason(), one.message());
            conditions.set(one.condition(), "True", one.reason(), one.message());
            if (one.condition().equals("Complete")) {
                status.put("completionTime", stage.time());
            }
        });
        if (!conditions.list().isEmpty()) {
            status.put("conditions", conditions.list());
        }
        return status;
    }

    private static void suspended(
            Resource job, Map<String, Object> status, Conditions conditions, Stage stage) {
        if (isSuspended(job)) {
            status.remove("startTime");
            conditions.set("Suspended", "True", "JobSuspended", "Job suspended");
            return;
        }
        status.putIfAbsent("startTime", stage.time());
        if (conditions.find("Suspended").isPresent()) {
            conditions.set("Suspended", "False", "JobResumed", "Job resumed");
        }
    }

    private static String indices(List<Resource> pods) {
        return String.join(
                ",",
                pods.stream()
                        .filter(Pods::isSucceeded)
                        .flatMap(pod -> pod.label(INDEX).stream())
                        .mapToInt(Integer::parseInt)
                        .sorted()
                        .distinct()
                        .mapToObj(Integer::toString)
                        .toList());
    }

    private static void count(Map<String, Object> status, String key, long number) {
        status.remove(key);
        Tree.putUnlessZero(status, key, number);
    }
}
