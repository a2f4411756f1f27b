package dev.slipway.cluster.pod;

import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import java.util.Map;
import java.util.Optional;

/// What a container does now.
sealed interface ContainerState {
    /// It waits to run.
    record Waiting(String reason, String message) implements ContainerState {}

    /// It runs.
    ///
    /// @param since RFC 3339
    record Running(String since) implements ContainerState {}

    /// It ended.
    ///
    /// @param from when it began, RFC 3339
    /// @param to when it ended
    record Terminated(long code, String reason, String from, String to) implements ContainerState {}

    /// Reads the state of a container; empty where there is none.
    static Optional<ContainerState> of(Map<String, Object> state) {
        if (state.get("running") instanceof Map<?, ?> running) {
            return Optional.of(new Running(Json.string(Json.cast(running), "startedAt")));
        }
        if (state.get("waiting") instanceof Map<?, ?> map) {
            Map<String, Object> waiting = Json.cast(map);
            return Optional.of(
                    new Waiting(Json.string(waiting, "reason"), Json.string(waiting, "message")));
        }
        if (state.get("terminated") instanceof Map<?, ?> map) {
            Map<String, Object> ended = Json.cast(map);
            return Optional.of(
                    new Terminated(
                            Tree.number(ended, "exitCode", 0),
                            Json.string(ended, "reason"),
                            Json.string(ended, "startedAt"),
                            Json.string(ended, "finishedAt")));
        }
        return Optional.empty();
    }

    /// As it stands in a status.
    default Map<String, Object> tree(String containerId) {
        return switch (this) {
            case Waiting(var reason, var message) ->
                    Tree.of(
                            "waiting",
                            message.isEmpty()
                                    ? Tree.of("reason", reason)
                                    : Tree.of("message", message, "reason", reason));
            case Running(var since) -> Tree.of("running", Tree.of("startedAt", since));
            case Terminated(var code, var reason, var from, var to) ->
                    Tree.of(
                            "terminated",
                            Tree.of(
                                    "containerID",
                                    containerId,
                                    "exitCode",
                                    code,
                                    "finishedAt",
                                    to,
                                    "reason",
                                    reason,
                                    "startedAt",
                                    from));
        };
    }
}
