package dev.slipway.cluster.pod;

import dev.slipway.cluster.simulation.Event;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.List;

/// What happens to a pod in one turn that users look for: where it went, what began, and what went wrong. That images are
/// pulled and containers created goes without saying, since each event is one more write for each pod.
///
/// @param seen what is told when the turn has gone well
record PodEvents(Stage stage, Resource pod, List<Event> seen) {
    private static final String SCHEDULER = "default-scheduler";
    private static final String KUBELET = "kubelet";
    private static final String BACK_OFF = "BackOff";

    static PodEvents of(Stage stage, Resource pod) {
        return new PodEvents(stage, pod, new ArrayList<>());
    }

    void scheduled(String node) {
        var message =
                "Successfully assigned %s/%s to %s".formatted(pod.namespace(), pod.name(), node);
        stage.tell(Event.normal(SCHEDULER, pod, "Scheduled", message));
    }

    void unscheduled(String why) {
        stage.tell(Event.warning(SCHEDULER, pod, "FailedScheduling", why).goingOn());
    }

    void evicted() {
        var message = "Marking for deletion Pod %s/%s".formatted(pod.namespace(), pod.name());
        stage.tell(Event.normal("taint-eviction-controller", pod, "TaintManagerEviction", message));
    }

    void unmounted(Needs.Unmounted volume) {
        var message =
                "MountVolume.SetUp failed for volume \"%s\" : %s"
                        .formatted(volume.volume(), volume.why());
        stage.tell(Event.warning(KUBELET, pod, "FailedMount", message).goingOn());
    }

    /// Notes what a container's step means, and gives back what the container is after it.
    ///
    /// @param list the field of the pod's spec that the container is in
    Container saw(String list, Container before, Container after) {
        var field = "spec.%s{%s}".formatted(list, after.name());
        var begun = after.begins() - before.begins();
        if (begun > 0) {
            var message = "Started container " + after.name();
            seen.add(Event.normal(KUBELET, pod, "Started", message).about(field).times(begun));
        }
        if (waitsAnew(ContainerLife.PULL_FAILED, before, after)) {
            seen.add(unpulled(after).about(field));
        }
        if (waitsAnew(ContainerLife.PULL_BACK_OFF, before, after)) {
            var message = "Back-off pulling image \"%s\"".formatted(after.image());
            seen.add(Event.normal(KUBELET, pod, BACK_OFF, message).about(field));
        }
        if (waitsAnew(ContainerLife.CONFIG_FAILED, before, after)
                && after.state() instanceof ContainerState.Waiting(_, var why)) {
            var message = "Error: " + why;
            seen.add(Event.warning(KUBELET, pod, "Failed", message).about(field).apart("config"));
        }
        if (waitsAnew(PodPlayer.BACK_OFF, before, after)) {
            seen.add(crashed(after).about(field));
        }
        return after;
    }

    private static boolean waitsAnew(String reason, Container before, Container after) {
        return after.waitsFor(reason) && !before.waitsFor(reason);
    }

    private Event unpulled(Container container) {
        return Event.warning(
                KUBELET,
                pod,
                "Failed",
                "Failed to pull image \"%s\": %s"
                        .formatted(container.image(), ContainerLife.failure(container.image())));
    }

    private Event crashed(Container container) {
        return Event.warning(
                KUBELET,
                pod,
                BACK_OFF,
                "Back-off restarting failed container %s in pod %s_%s(%s)"
                        .formatted(container.name(), pod.name(), pod.namespace(), pod.uid()));
    }

    /// Tells what was seen.
    void tell() {
        seen.forEach(stage::tell);
    }
}
