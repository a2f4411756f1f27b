package dev.slipway.cluster.batch;

import dev.slipway.cluster.pod.Pods;
import dev.slipway.cluster.simulation.Conditions;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.cluster.workload.Made;
import dev.slipway.cluster.workload.Telling;
import java.util.Map;
import java.util.Optional;

/// The status of a job as it follows from its pods.
///
/// @param stopped how many pods were taken away because it has ended
record JobStatus(Progress progress, Optional<End> end, long stopped) {
    private static final String SUSPENDED = "Suspended";

    Map<String, Object> tree() {
        var stage = progress.stage();
        var status = Made.status(progress.job());
        var conditions = new Conditions(progress.job().status(), stage.time());
        suspended(status, conditions);
        var active = progress.active();
        count(status, "active", active.size());
        count(status, "succeeded", progress.succeeded());
        count(status, "failed", progress.failed() + lost());
        status.put("ready", active.stream().filter(Pods::isReady).count());
        status.put("terminating", 0L);
        status.put("uncountedTerminatedPods", Tree.of());
        if (progress.isIndexed()) {
            status.put("completedIndexes", progress.succeededIndexes().toString());
        }
        if (progress.isLimitedPerIndex()) {
            status.put("failedIndexes", progress.failedIndexes().toString());
        }
        end.ifPresent(one -> ended(one, status, conditions));
        if (!conditions.list().isEmpty()) {
            status.put("conditions", conditions.list());
        }
        return status;
    }

    /// Who was still at work when the job failed has failed as well.
    private long lost() {
        return end.filter(End::isFailure).isPresent() ? stopped : 0;
    }

    private void ended(End one, Map<String, Object> status, Conditions conditions) {
        conditions.set(one.before(), "True", one.reason(), one.message());
        conditions.set(one.condition(), "True", one.reason(), one.message());
        if (!one.isFailure()) {
            status.put("completionTime", progress.stage().time());
        }
    }

    private void suspended(Map<String, Object> status, Conditions conditions) {
        var telling = new Telling(progress.stage(), progress.job());
        var before = conditions.isTrue(SUSPENDED);
        if (progress.isSuspended()) {
            conditions.set(SUSPENDED, "True", "JobSuspended", "Job suspended");
            if (!before) {
                telling.normal("Suspended", "Job suspended");
            }
            return;
        }
        if (before) {
            conditions.set(SUSPENDED, "False", "JobResumed", "Job resumed");
            telling.normal("Resumed", "Job resumed");
            status.put("startTime", progress.stage().time());
        }
        status.putIfAbsent("startTime", progress.stage().time());
    }

    private static void count(Map<String, Object> status, String key, long number) {
        status.remove(key);
        Tree.putUnlessZero(status, key, number);
    }
}
