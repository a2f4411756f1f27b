package dev.slipway.cluster.batch;

import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a job's `podFailurePolicy` says of pods that failed: the first rule that fits counts.
record FailurePolicy(Resource job) {
    /// Whether the first rule for a pod says to do this.
    boolean isFor(Resource pod, String action) {
        return rule(pod)
                .filter(index -> action.equals(rules().get(index).get("action")))
                .isPresent();
    }

    /// Why the job has failed because of this pod, if so.
    Optional<String> failure(Resource pod) {
        return rule(pod)
                .filter(index -> "FailJob".equals(rules().get(index).get("action")))
                .map(index ->
                        "%s matching FailJob rule at index %d".formatted(what(pod, index), index));
    }

    private String what(Resource pod, int index) {
        return ended(pod)
                .filter(container -> fits(rules().get(index), container))
                .findFirst()
                .map(container ->
                        "Container %s for pod %s/%s failed with exit code %d"
                                .formatted(
                                        container.get("name"),
                                        pod.namespace(),
                                        pod.name(),
                                        code(container)))
                .orElseGet(
                        () -> "Pod %s/%s has a condition".formatted(pod.namespace(), pod.name()));
    }

    private Optional<Integer> rule(Resource pod) {
        var rules = rules();
        return IntStream.range(0, rules.size())
                .filter(index -> fits(rules.get(index), pod))
                .boxed()
                .findFirst();
    }

    private List<Map<String, Object>> rules() {
        return Tree.objects(Json.object(job.spec(), "podFailurePolicy"), "rules");
    }

    private static boolean fits(Map<String, Object> rule, Resource pod) {
        return rule.containsKey("onExitCodes")
                ? ended(pod).anyMatch(container -> fits(rule, container))
                : Tree.objects(rule, "onPodConditions").stream()
                        .anyMatch(wanted -> has(pod, wanted));
    }

    private static boolean fits(Map<String, Object> rule, Map<String, Object> container) {
        var codes = Json.object(rule, "onExitCodes");
        var named = Json.string(codes, "containerName");
        if (code(container) == 0 || !(named.isEmpty() || named.equals(container.get("name")))) {
            return false;
        }
        var listed = Json.list(codes, "values").contains(code(container));
        return "NotIn".equals(codes.get("operator")) != listed;
    }

    private static boolean has(Resource pod, Map<String, Object> wanted) {
        return Tree.objects(pod.status(), "conditions").stream()
                .filter(one -> String.valueOf(wanted.get("type")).equals(one.get("type")))
                .anyMatch(one -> wanted.getOrDefault("status", "True").equals(one.get("status")));
    }

    private static Stream<Map<String, Object>> ended(Resource pod) {
        return Tree.objects(pod.status(), "containerStatuses").stream()
                .filter(one -> Json.object(one, "state").containsKey("terminated"));
    }

    private static long code(Map<String, Object> container) {
        return Json.at(container, "state", "terminated", "exitCode") instanceof Long code
                ? code
                : 0;
    }
}
