package dev.slipway.cluster.batch;

import dev.slipway.cluster.pod.Pods;
import dev.slipway.cluster.simulation.Conditions;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.cluster.workload.Telling;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// How a job ended.
///
/// @param before the condition that the original sets a moment earlier
record End(String before, String condition, String reason, String message) {
    private static final long USUAL_BACK_OFF = 6;

    /// The end that a job has come to: the first that there is, in the original's order.
    static Optional<End> of(Progress progress) {
        return first(
                List.of(
                        () -> policy(progress),
                        () -> tooOften(progress),
                        () -> tooLong(progress),
                        () -> indexes(progress),
                        () -> enough(progress),
                        () -> complete(progress)));
    }

    private static Optional<End> first(List<Supplier<Optional<End>>> ends) {
        return ends.stream().flatMap(end -> end.get().stream()).findFirst();
    }

    private static End failed(String reason, String message) {
        return new End("FailureTarget", "Failed", reason, message);
    }

    boolean isFailure() {
        return condition.equals("Failed");
    }

    private static Optional<End> policy(Progress progress) {
        var policy = new FailurePolicy(progress.job());
        return progress.failedPods()
                .flatMap(pod -> policy.failure(pod).stream())
                .findFirst()
                .map(why -> failed("PodFailurePolicy", why));
    }

    private static Optional<End> tooOften(Progress progress) {
        var limit = Tree.number(progress.job().spec(), "backoffLimit", USUAL_BACK_OFF);
        var restarts =
                isRestarted(progress.job())
                        ? progress.active().stream().mapToLong(Pods::restarts).sum()
                        : 0;
        var often = progress.failed() > limit || (restarts > 0 && restarts >= limit);
        return often
                ? Optional.of(
                        failed(
                                "BackoffLimitExceeded",
                                "Job has reached the specified backoff limit"))
                : Optional.empty();
    }

    /// Whether the containers of the job's pods are begun anew where they fail.
    private static boolean isRestarted(Resource job) {
        return "OnFailure".equals(Json.at(job.spec(), "template", "spec", "restartPolicy"));
    }

    private static Optional<End> tooLong(Progress progress) {
        var begun = Json.string(progress.job().status(), "startTime");
        if (!(progress.job().spec().get("activeDeadlineSeconds") instanceof Long seconds)
                || begun.isEmpty()
                || isNotGoing(progress)) {
            return Optional.empty();
        }
        var now = progress.stage().now();
        var left = Duration.between(now, Instant.parse(begun).plusSeconds(seconds));
        if (left.isPositive()) {
            progress.stage().wakeAfter(left);
            return Optional.empty();
        }
        return Optional.of(
                failed("DeadlineExceeded", "Job was active longer than specified deadline"));
    }

    /// Whether it is suspended, or was until now: its time begins anew.
    private static boolean isNotGoing(Progress progress) {
        return progress.isSuspended()
                || new Conditions(progress.job().status(), "").isTrue("Suspended");
    }

    /// Where each index may fail for itself, the job has failed once nothing else is left to do.
    private static Optional<End> indexes(Progress progress) {
        var failed = progress.failedIndexes().size();
        if (failed == 0) {
            return Optional.empty();
        }
        if (progress.job().spec().get("maxFailedIndexes") instanceof Long most && failed > most) {
            return Optional.of(
                    failed(
                            "MaxFailedIndexesExceeded",
                            "Job has exceeded the specified maximal number of failed indexes"));
        }
        return failed + progress.succeeded() >= progress.completions()
                ? Optional.of(failed("FailedIndexes", "Job has failed indexes"))
                : Optional.empty();
    }

    /// Where a part of the indexes is enough, the others are not waited for.
    private static Optional<End> enough(Progress progress) {
        var rules = Tree.objects(Json.object(progress.job().spec(), "successPolicy"), "rules");
        var done = progress.succeededIndexes();
        for (int i = 0; i < rules.size(); i++) {
            if (isMet(rules.get(i), done)) {
                return Optional.of(succeeded("SuccessPolicy", "Matched rules at index " + i));
            }
        }
        return Optional.empty();
    }

    private static boolean isMet(Map<String, Object> rule, Indexes done) {
        var wanted = Indexes.parse(Json.string(rule, "succeededIndexes"));
        var counted = wanted.size() == 0 ? done : done.where(wanted::contains);
        return counted.size() >= Tree.number(rule, "succeededCount", Math.max(1, wanted.size()));
    }

    private static Optional<End> complete(Progress progress) {
        var done =
                progress.isCounted()
                        ? progress.succeeded() >= progress.completions()
                        : progress.succeeded() > 0 && progress.active().isEmpty();
        return done && !progress.isSuspended()
                ? Optional.of(
                        succeeded(
                                "CompletionsReached", "Reached expected number of succeeded pods"))
                : Optional.empty();
    }

    private static End succeeded(String reason, String message) {
        return new End("SuccessCriteriaMet", "Complete", reason, message);
    }

    void tell(Telling telling) {
        if (isFailure()) {
            telling.warning(reason, message);
        } else {
            telling.normal("Completed", "Job completed");
        }
    }
}
