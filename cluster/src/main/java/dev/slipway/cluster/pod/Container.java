package dev.slipway.cluster.pod;

import dev.slipway.cluster.pod.ContainerState.Terminated;
import dev.slipway.cluster.pod.ContainerState.Waiting;
import dev.slipway.cluster.simulation.Digest;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import java.util.Map;
import java.util.Optional;

/// One container of a pod, as its status tells it.
///
/// @param last how it ended before it was restarted
record Container(
        String name,
        String image,
        ContainerState state,
        Optional<Terminated> last,
        long restarts,
        boolean ready) {
    static final String CREATING = "ContainerCreating";
    static final String INITIALIZING = "PodInitializing";

    /// A container of a pod that was just placed.
    static Container fresh(Map<String, Object> spec, boolean afterOthers) {
        return new Container(
                Json.string(spec, "name"),
                Json.string(spec, "image"),
                new Waiting(afterOthers ? INITIALIZING : CREATING, ""),
                Optional.empty(),
                0,
                false);
    }

    /// A container as its status says.
    static Container of(Map<String, Object> spec, Map<String, Object> status) {
        var last =
                ContainerState.of(Json.object(status, "lastState"))
                        .filter(Terminated.class::isInstance)
                        .map(Terminated.class::cast);
        return new Container(
                Json.string(spec, "name"),
                Json.string(spec, "image"),
                ContainerState.of(Json.object(status, "state")).orElse(new Waiting(CREATING, "")),
                last,
                Tree.number(status, "restartCount", 0),
                Boolean.TRUE.equals(status.get("ready")));
    }

    Container doing(ContainerState other) {
        return new Container(name, image, other, last, restarts, false);
    }

    Container waiting(String reason, String message) {
        return doing(new Waiting(reason, message));
    }

    Container isReady() {
        return new Container(name, image, state, last, restarts, true);
    }

    /// Begun once more after it ended.
    Container restarted(Terminated end, String now) {
        return new Container(
                name,
                image,
                new ContainerState.Running(now),
                Optional.of(end),
                restarts + 1,
                false);
    }

    /// Waiting for the next restart after it ended.
    Container backingOff(Terminated end, String message) {
        return new Container(
                name,
                image,
                new Waiting(PodPlayer.BACK_OFF, message),
                Optional.of(end),
                restarts,
                false);
    }

    /// Whether it ran at some time.
    boolean hasBegun() {
        return !(state instanceof Waiting) || last.isPresent();
    }

    /// How often it began to run.
    long begins() {
        return hasBegun() ? restarts + 1 : 0;
    }

    /// Whether it waits for this reason.
    boolean waitsFor(String reason) {
        return state instanceof Waiting(var given, _) && given.equals(reason);
    }

    boolean runs() {
        return state instanceof ContainerState.Running;
    }

    boolean ended() {
        return state instanceof Terminated;
    }

    /// As it stands in the pod's status.
    ///
    /// @param uid of the pod
    Map<String, Object> tree(String uid) {
        var id = "simulated://" + Digest.of(uid + "/" + name + "/" + restarts);
        var before = "simulated://" + Digest.of(uid + "/" + name + "/" + (restarts - 1));
        var begun = hasBegun();
        var tree = Tree.of();
        if (begun) {
            tree.put("containerID", id);
        }
        tree.put("image", image);
        tree.put("imageID", begun ? "simulated://" + image : "");
        tree.put("lastState", last.map(end -> end.tree(before)).orElse(Tree.of()));
        tree.put("name", name);
        tree.put("ready", ready);
        tree.put("restartCount", restarts);
        tree.put("started", runs());
        tree.put("state", state.tree(id));
        return tree;
    }
}
