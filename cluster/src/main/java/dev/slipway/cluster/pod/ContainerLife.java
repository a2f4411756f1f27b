package dev.slipway.cluster.pod;

import dev.slipway.cluster.pod.ContainerState.Running;
import dev.slipway.cluster.pod.ContainerState.Terminated;
import dev.slipway.cluster.pod.ContainerState.Waiting;
import dev.slipway.cluster.simulation.Fault;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.cluster.simulation.Trouble;
import dev.slipway.expression.library.Durations;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The life of the containers of one pod, one step of each at a time.
///
/// @param trouble what goes wrong with the pod
/// @param needs what it must find
/// @param unmounted whether a volume cannot be mounted, so that nothing is created
record ContainerLife(
        Stage stage, Resource pod, Optional<Trouble> trouble, Needs needs, boolean unmounted) {
    static final String CONFIG_FAILED = "CreateContainerConfigError";

    static final String PULL_FAILED = "ErrImagePull";
    static final String PULL_BACK_OFF = "ImagePullBackOff";

    /// A container that ends before the others begin; one that is always restarted runs beside them.
    Container initial(Container before) {
        if (before.ready() || unmounted || !started()) {
            return before;
        }
        var lacking = lacking("initContainers", before);
        if (lacking.isPresent()) {
            return before.waiting(CONFIG_FAILED, lacking.get());
        }
        return isSidecar(before.name())
                ? before.doing(new Running(stage.time())).isReady()
                : before.doing(new Terminated(0, "Completed", stage.time(), stage.time()))
                        .isReady();
    }

    private boolean isSidecar(String name) {
        return Tree.objects(pod.spec(), "initContainers").stream()
                .anyMatch(one ->
                        name.equals(one.get("name")) && "Always".equals(one.get("restartPolicy")));
    }

    /// What a container does now.
    Container next(Container before) {
        return switch (before.state()) {
            case Waiting(var reason, _) when reason.equals(PodPlayer.BACK_OFF) -> backOff(before);
            case Waiting(var reason, _) -> waiting(before, reason);
            case Running(var since) -> running(before, since);
            case Terminated end -> ended(before, end);
        };
    }

    private Container waiting(Container before, String reason) {
        var failed = reason.equals(PULL_FAILED) || reason.equals(PULL_BACK_OFF);
        if (unmounted || (!failed && !reason.equals(CONFIG_FAILED) && !started())) {
            return before;
        }
        if (fault(before) instanceof Fault.ImagePull) {
            return unpulled(before, reason);
        }
        if (failed && !stage.passed(pod, "pull again", stage.pace().start())) {
            return before;
        }
        return lacking("containers", before)
                .map(why -> before.waiting(CONFIG_FAILED, why))
                .orElseGet(() -> begun(before));
    }

    /// What the environment of a container names that is not there.
    private Optional<String> lacking(String list, Container container) {
        return Tree.objects(pod.spec(), list).stream()
                .filter(one -> container.name().equals(one.get("name")))
                .findFirst()
                .flatMap(needs::variable);
    }

    private Container unpulled(Container before, String reason) {
        var failure = failure(before.image());
        return reason.equals(PULL_BACK_OFF)
                        || (stage.passed(pod, "pull", stage.pace().start())
                                && reason.equals(PULL_FAILED))
                ? before.waiting(
                        PULL_BACK_OFF,
                        "Back-off pulling image \"%s\": ErrImagePull: %s"
                                .formatted(before.image(), failure))
                : before.waiting(PULL_FAILED, failure);
    }

    /// Why an image is not pulled.
    static String failure(String image) {
        return "rpc error: code = NotFound desc = failed to pull and unpack image \"%s\": not found (simulated)"
                .formatted(image);
    }

    /// A container that begins to run; it is ready at once where that takes no time.
    private Container begun(Container before) {
        return running(before.doing(new Running(stage.time())), stage.time());
    }

    private Container running(Container before, String since) {
        var fault = fault(before);
        if (ends(fault)) {
            return stage.passed(pod, "run " + before.restarts(), stage.pace().run())
                    ? end(before, since, fault)
                    : ready(before, fault);
        }
        return ready(before, fault);
    }

    private Container ready(Container before, Fault fault) {
        if (before.ready() || fault instanceof Fault.CrashLoop || fault instanceof Fault.Exit) {
            return before;
        }
        return stage.passed(pod, "ready", stage.pace().ready()) ? before.isReady() : before;
    }

    /// Whether a container that runs is to end: because it fails, or because its pod is of those that do their work.
    private boolean ends(Fault fault) {
        return fault instanceof Fault.CrashLoop || !policy().equals("Always");
    }

    private Container end(Container before, String since, Fault fault) {
        var code =
                switch (fault) {
                    case Fault.Exit(var asked) -> asked;
                    case Fault.CrashLoop _ -> 1L;
                    default -> 0L;
                };
        var end = new Terminated(code, code == 0 ? "Completed" : "Error", since, stage.time());
        return ended(before.doing(end), end);
    }

    /// A container that ended is begun anew, the first time at once, where the pod's policy says so.
    private Container ended(Container before, Terminated end) {
        if (policy().equals("Never") || (end.code() == 0 && policy().equals("OnFailure"))) {
            return before;
        }
        if (before.restarts() == 0) {
            var again = before.restarted(end, stage.time());
            return running(again, stage.time());
        }
        return backOff(before.backingOff(end, backOffMessage(before)));
    }

    private Container backOff(Container before) {
        var end = before.last().orElseThrow();
        var pace = stage.pace().backOff(before.restarts());
        var due = Instant.parse(end.to()).plus(pace);
        var left = Duration.between(stage.now(), due);
        if (left.isPositive() && !healed(before)) {
            stage.wakeAfter(left);
            return before;
        }
        return running(before.restarted(end, stage.time()), stage.time());
    }

    /// Whether nothing goes wrong any more, which is seen a little later.
    private boolean healed(Container container) {
        return switch (fault(container)) {
            case Fault.CrashLoop _, Fault.Exit _ -> false;
            default -> stage.passed(pod, "heal", stage.pace().start());
        };
    }

    private String backOffMessage(Container container) {
        return "back-off %s restarting failed container=%s pod=%s_%s(%s)"
                .formatted(
                        Durations.text(stage.pace().backOff(container.restarts())),
                        container.name(),
                        pod.name(),
                        pod.namespace(),
                        pod.uid());
    }

    /// Whether the pod has had the time that it takes to start.
    private boolean started() {
        var pace = stage.pace().start();
        var slow =
                trouble.map(Trouble::fault)
                        .filter(Fault.Slow.class::isInstance)
                        .map(one -> ((Fault.Slow) one).by())
                        .orElse(Duration.ZERO);
        return stage.passed(pod, "start " + slow, pace.plus(slow));
    }

    private String policy() {
        var policy = Json.string(pod.spec(), "restartPolicy");
        return policy.isEmpty() ? "Always" : policy;
    }

    /// What goes wrong with this container.
    private Fault fault(Container container) {
        return trouble.filter(one -> isFor(one, container))
                .map(Trouble::fault)
                .orElse(new Fault.None());
    }

    private boolean isFor(Trouble one, Container container) {
        if (!one.container().isEmpty()) {
            return one.container().equals(container.name());
        }
        var all = Tree.objects(pod.spec(), "containers");
        return !all.isEmpty() && container.name().equals(all.getFirst().get("name"));
    }
}
