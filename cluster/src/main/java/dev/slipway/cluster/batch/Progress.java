package dev.slipway.cluster.batch;

import dev.slipway.cluster.pod.Pods;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// How far a job has come: what it wants, and what its pods have done.
///
/// @param pods those that the job manages
record Progress(Stage stage, Resource job, List<Resource> pods) {
    static final String INDEX = "batch.kubernetes.io/job-completion-index";

    // ---- what is wanted

    boolean isSuspended() {
        return Boolean.TRUE.equals(job.spec().get("suspend"));
    }

    boolean isIndexed() {
        return "Indexed".equals(job.spec().get("completionMode"));
    }

    /// Whether each index may fail so often, and not the job as a whole.
    boolean isLimitedPerIndex() {
        return job.spec().get("backoffLimitPerIndex") instanceof Long;
    }

    /// Whether the job says how often it is to succeed; else the first success is the last round.
    boolean isCounted() {
        return job.spec().get("completions") instanceof Long;
    }

    long completions() {
        return Tree.number(job.spec(), "completions", 1);
    }

    // ---- what the pods have done

    List<Resource> active() {
        return pods.stream().filter(pod -> !Pods.isOver(pod)).toList();
    }

    Stream<Resource> succeededPods() {
        return pods.stream().filter(Pods::isSucceeded);
    }

    Stream<Resource> failedPods() {
        return pods.stream().filter(pod -> Pods.isOver(pod) && !Pods.isSucceeded(pod));
    }

    long succeeded() {
        return isIndexed() ? succeededIndexes().size() : succeededPods().count();
    }

    /// How many pods have failed that count.
    long failed() {
        return countedFailures().count();
    }

    /// Those that succeeded, also where their pods are gone.
    Indexes succeededIndexes() {
        return known("completedIndexes").and(indexes(succeededPods()));
    }

    /// Those that failed too often.
    Indexes failedIndexes() {
        if (!isLimitedPerIndex()) {
            return Indexes.parse("");
        }
        var policy = new FailurePolicy(job);
        var limit = Tree.number(job.spec(), "backoffLimitPerIndex", 0);
        var given = indexes(failedPods().filter(pod -> policy.isFor(pod, "FailIndex")));
        var often = indexes(failedPods()).where(index -> failures(index) > limit);
        return known("failedIndexes").and(given).and(often);
    }

    /// How often an index failed.
    long failures(long index) {
        return countedFailures().filter(pod -> index(pod) == index).count();
    }

    /// The indexes that no pod has that runs or succeeded, and that have not failed for good.
    List<Long> freeIndexes() {
        var taken = indexes(active().stream()).and(succeededIndexes()).and(failedIndexes());
        return LongStream.range(0, Math.min(completions(), Indexes.MAX_INDEXES))
                .filter(index -> !taken.contains(index))
                .filter(index -> !isLimitedPerIndex() || isDue(index))
                .boxed()
                .toList();
    }

    // ---- when the next may be made

    /// Whether a pod may be made now, after those that failed; if not, the job is woken then. Where each index may fail for
    /// itself, it waits for itself.
    boolean isDue() {
        return isLimitedPerIndex() || isDue(Stream.concat(succeededPods(), countedFailures()));
    }

    private boolean isDue(long index) {
        return isDue(countedFailures().filter(pod -> index(pod) == index));
    }

    private boolean isDue(Stream<Resource> ended) {
        var left =
                new BackOff(stage.pace(), ended.toList())
                        .due()
                        .map(due -> Duration.between(stage.now(), due))
                        .filter(Duration::isPositive);
        left.ifPresent(stage::wakeAfter);
        return left.isEmpty();
    }

    private Stream<Resource> countedFailures() {
        var policy = new FailurePolicy(job);
        return failedPods().filter(pod -> !policy.isFor(pod, "Ignore"));
    }

    private Indexes known(String field) {
        return Indexes.parse(Json.string(job.status(), field))
                .where(index -> index < completions());
    }

    private Indexes indexes(Stream<Resource> some) {
        return Indexes.of(
                some.map(Progress::index)
                        .filter(index -> index >= 0 && index < completions())
                        .toList());
    }

    private static long index(Resource pod) {
        return pod.label(INDEX)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(-1L);
    }
}
