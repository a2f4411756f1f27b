package dev.slipway.cluster.batch;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Conditions;
import dev.slipway.cluster.simulation.Player;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.workload.Telling;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// Plays jobs: pods until enough have succeeded, or too many have failed.
public final class JobPlayer implements Player {
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
        stage.claimed(ClusterKinds.PODS, job, _ -> true);
        var progress = progress(stage, job);
        var end = End.of(progress);
        var pods = new JobPods(progress);
        var stopped = 0L;
        if (end.isPresent() || progress.isSuspended()) {
            stopped = progress.active().size();
            pods.stop();
        } else {
            pods.fill();
        }
        stage.status(job, new JobStatus(progress(stage, job), end, stopped).tree());
        end.ifPresent(one -> one.tell(new Telling(stage, job)));
    }

    private static Progress progress(Stage stage, Resource job) {
        return new Progress(stage, job, stage.owned(ClusterKinds.PODS, job));
    }

    static boolean isOver(Resource job) {
        var conditions = new Conditions(job.status(), "");
        return conditions.isTrue("Complete") || conditions.isTrue("Failed");
    }

    /// A job that is over goes after a while, if it says so.
    private static void leave(Stage stage, Resource job) {
        var ended = ended(job);
        if (!(job.spec().get("ttlSecondsAfterFinished") instanceof Long seconds)
                || ended.isEmpty()) {
            return;
        }
        var left = Duration.between(stage.now(), ended.get().plusSeconds(seconds));
        if (left.isPositive()) {
            stage.wakeAfter(left);
        } else {
            stage.delete(job);
        }
    }

    private static Optional<Instant> ended(Resource job) {
        var conditions = new Conditions(job.status(), "");
        return Stream.of("Complete", "Failed")
                .filter(conditions::isTrue)
                .flatMap(type -> conditions.find(type).stream())
                .map(condition -> Json.string(condition, "lastTransitionTime"))
                .filter(time -> !time.isEmpty())
                .map(Instant::parse)
                .findFirst();
    }
}
