package dev.slipway.client;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The containers of a pod, as its status tells of them.
final class Containers {
    private static final List<String> LISTS = List.of("initContainerStatuses", "containerStatuses");

    /// A container that does not run, or failed.
    ///
    /// @param state the reason: `ImagePullBackOff`
    record Failing(String state, String message) {}

    private Containers() {}

    /// The first container of a pod that waits or ended badly; empty where there is none, and for whatever is no pod.
    static Optional<Failing> failing(Resource pod) {
        return LISTS.stream()
                .flatMap(list -> Json.list(pod.status(), list).stream())
                .filter(Map.class::isInstance)
                .map(one -> Json.cast((Map<?, ?>) one))
                .filter(one -> !Boolean.TRUE.equals(one.get("ready")))
                .flatMap(Containers::failing)
                .findFirst();
    }

    private static Stream<Failing> failing(Map<String, Object> container) {
        var state = Json.object(container, "state");
        var waiting = Json.object(state, "waiting");
        var ended = Json.object(state, "terminated");
        if (!Json.string(waiting, "reason").isEmpty()) {
            return Stream.of(told(container, waiting));
        }
        return !ended.isEmpty() && !Long.valueOf(0).equals(ended.get("exitCode"))
                ? Stream.of(told(container, ended))
                : Stream.empty();
    }

    private static Failing told(Map<String, Object> container, Map<String, Object> state) {
        var reason = Json.string(state, "reason");
        var message = Json.string(state, "message");
        var code = state.get("exitCode");
        return new Failing(
                reason.isEmpty() ? "not ready" : reason,
                "container %s: %s%s%s"
                        .formatted(
                                Json.string(container, "name"),
                                reason.isEmpty() ? "ended" : reason,
                                code == null ? "" : ", exit code " + code,
                                message.isEmpty() ? "" : ": " + message));
    }
}
