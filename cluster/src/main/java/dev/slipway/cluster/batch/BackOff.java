package dev.slipway.cluster.batch;

import dev.slipway.cluster.pod.Pods;
import dev.slipway.cluster.simulation.Pace;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How long a job waits after pods that failed: twice as long after each, until one succeeds.
///
/// @param ended the pods that are over
record BackOff(Pace pace, List<Resource> ended) {
    /// When the next pod may be made; nothing where there is nothing to wait for.
    Optional<Instant> due() {
        var success =
                ended.stream()
                        .filter(Pods::isSucceeded)
                        .flatMap(pod -> end(pod).stream())
                        .max(Instant::compareTo)
                        .orElse(Instant.MIN);
        var failures =
                ended.stream()
                        .filter(pod -> !Pods.isSucceeded(pod))
                        .flatMap(pod -> end(pod).stream())
                        .filter(success::isBefore)
                        .toList();
        return failures.stream()
                .max(Instant::compareTo)
                .map(last -> last.plus(pace.backOff(failures.size())));
    }

    /// When the last container of a pod ended.
    private static Optional<Instant> end(Resource pod) {
        return Tree.objects(pod.status(), "containerStatuses").stream()
                .map(one -> Json.at(one, "state", "terminated", "finishedAt"))
                .filter(String.class::isInstance)
                .map(time -> Instant.parse((String) time))
                .max(Instant::compareTo);
    }
}
