package dev.slipway.cluster.pod;

import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What makers of pods ask of them.
public final class Pods {
    private Pods() {}

    /// Whether a pod has done all it will do.
    public static boolean isOver(Resource pod) {
        var phase = Json.string(pod.status(), "phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    public static boolean isSucceeded(Resource pod) {
        return Json.string(pod.status(), "phase").equals("Succeeded");
    }

    public static boolean isReady(Resource pod) {
        return readiness(pod).isPresent();
    }

    /// How long a pod has still to be ready until it counts as available; nothing where it is not ready.
    public static Optional<Duration> untilAvailable(Resource pod, long minReady, Instant now) {
        return readiness(pod)
                .map(condition -> Json.string(condition, "lastTransitionTime"))
                .map(since -> Instant.parse(since).plusSeconds(minReady))
                .map(due -> Duration.between(now, due))
                .map(left -> left.isPositive() ? left : Duration.ZERO);
    }

    private static Optional<Map<String, Object>> readiness(Resource pod) {
        return Tree.objects(pod.status(), "conditions").stream()
                .filter(one -> "Ready".equals(one.get("type")) && "True".equals(one.get("status")))
                .findFirst();
    }

    /// How often the containers of a pod were restarted.
    public static long restarts(Resource pod) {
        return Tree.objects(pod.status(), "containerStatuses").stream()
                .mapToLong(one -> Tree.number(one, "restartCount", 0))
                .sum();
    }
}
