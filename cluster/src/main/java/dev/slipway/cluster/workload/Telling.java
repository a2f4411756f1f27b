package dev.slipway.cluster.workload;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Event;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The events in which a workload tells what it does, in the name of its kind's controller.
public record Telling(Stage stage, Resource workload) {
    /// Tells something that goes as it should.
    public void normal(String reason, String message) {
        stage.tell(Event.normal(source(), workload, reason, message));
    }

    /// Tells that something went wrong for good.
    public void warning(String reason, String message) {
        stage.tell(Event.warning(source(), workload, reason, message));
    }

    /// Tells that something does not work, for as long as that is so.
    public void failed(String reason, String message) {
        stage.tell(Event.warning(source(), workload, reason, message).goingOn());
    }

    /// Makes pods and tells of them; why the API takes none of them, if so, which is tried again.
    public Optional<String> create(List<Map<String, Object>> pods) {
        try {
            created(stage.createAll(ClusterKinds.PODS, pods));
            return Optional.empty();
        } catch (ProblemException e) {
            if (e.problem().reason() != Reason.FORBIDDEN || stage.isLeaving(workload)) {
                throw e;
            }
            var why = e.problem().message();
            refused(Optional.of(why));
            stage.retry(why);
            return Optional.of(why);
        }
    }

    private void created(List<Resource> pods) {
        pods.forEach(pod -> normal("SuccessfulCreate", "Created pod: " + pod.name()));
    }

    /// Deletes a pod that is not wanted.
    public void delete(Resource pod) {
        stop(pod);
        normal("SuccessfulDelete", "Deleted pod: " + pod.name());
    }

    /// Deletes a pod, whose containers are told to stop.
    void stop(Resource pod) {
        for (var container : Tree.objects(pod.status(), "containerStatuses")) {
            if (Json.object(container, "state").containsKey("running")) {
                var name = Json.string(container, "name");
                stage.tell(
                        Event.normal("kubelet", pod, "Killing", "Stopping container " + name)
                                .about("spec.containers{%s}".formatted(name)));
            }
        }
        stage.delete(pod);
    }

    /// Tells why there are fewer pods than are wanted, if so.
    public void refused(Optional<String> why) {
        why.ifPresent(text -> notMade("Error creating: " + text));
    }

    /// Tells that something cannot be made, for as long as that is so.
    void notMade(String message) {
        failed("FailedCreate", message);
    }

    /// Tells that a deployment gives a replica set another size.
    void scaled(Resource set, long from, long to) {
        var way = to > from ? "up" : "down";
        var message = "Scaled %s replica set %s from %d to %d".formatted(way, set.name(), from, to);
        stage.tell(
                Event.normal(source(), workload, "ScalingReplicaSet", message)
                        .apart(way + " " + set.name()));
    }

    private String source() {
        return workload.kind().equals("HorizontalPodAutoscaler")
                ? "horizontal-pod-autoscaler"
                : workload.kind().toLowerCase(Locale.ROOT) + "-controller";
    }
}
