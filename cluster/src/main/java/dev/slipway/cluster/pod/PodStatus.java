package dev.slipway.cluster.pod;

import dev.slipway.cluster.simulation.Conditions;
import dev.slipway.cluster.simulation.Digest;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The status of a pod as it follows from its containers.
record PodStatus(Stage stage, Resource pod) {
    private static final String POD_PREFIX = "10.244";
    private static final String NODE_PREFIX = "10.89";

    /// Of a pod that has no node yet.
    Map<String, Object> pending() {
        var status = begun("Pending");
        status.put("qosClass", qualityOfService());
        return status;
    }

    /// Of a pod that no node takes.
    Map<String, Object> unschedulable(String why) {
        var status = begun("Pending");
        var conditions = new Conditions(pod.status(), stage.time());
        conditions.set("PodScheduled", "False", "Unschedulable", why);
        status.put("conditions", conditions.list());
        status.put("qosClass", qualityOfService());
        return status;
    }

    /// Of a pod that has a node.
    ///
    /// @param initial the containers that end before the others begin
    Map<String, Object> of(List<Container> initial, List<Container> containers) {
        var phase = phase(containers);
        var status = begun(phase);
        status.put("conditions", conditions(phase, initial, containers));
        var host = Digest.address(NODE_PREFIX, Json.string(pod.spec(), "nodeName"));
        status.put("hostIP", host);
        status.put("hostIPs", List.of(Tree.of("ip", host)));
        if (Stream.concat(initial.stream(), containers.stream()).anyMatch(Container::hasBegun)) {
            var address =
                    Boolean.TRUE.equals(pod.spec().get("hostNetwork"))
                            ? host
                            : Digest.address(POD_PREFIX, pod.uid());
            status.put("podIP", address);
            status.put("podIPs", List.of(Tree.of("ip", address)));
        }
        status.put("startTime", pod.status().getOrDefault("startTime", stage.time()));
        if (!initial.isEmpty()) {
            status.put("initContainerStatuses", trees(initial));
        }
        status.put("containerStatuses", trees(containers));
        status.put("qosClass", qualityOfService());
        return status;
    }

    /// What others say in the status stays.
    private Map<String, Object> begun(String phase) {
        Map<String, Object> status = new LinkedHashMap<>(pod.status());
        status.put("phase", phase);
        return status;
    }

    private List<Object> trees(List<Container> containers) {
        var trees = new ArrayList<Object>();
        containers.forEach(container -> trees.add(container.tree(pod.uid())));
        return trees;
    }

    private String phase(List<Container> containers) {
        if (containers.stream().anyMatch(one -> !one.hasBegun())) {
            return "Pending";
        }
        var ended = containers.stream().allMatch(Container::ended);
        if (!ended) {
            return "Running";
        }
        return containers.stream().allMatch(PodStatus::endedWell) ? "Succeeded" : "Failed";
    }

    private static boolean endedWell(Container container) {
        return container.state() instanceof ContainerState.Terminated(var code, _, _, _)
                && code == 0;
    }

    private List<Object> conditions(
            String phase, List<Container> initial, List<Container> containers) {
        var conditions = new Conditions(pod.status(), stage.time());
        var over = phase.equals("Succeeded") || phase.equals("Failed");
        var reason = phase.equals("Succeeded") ? "PodCompleted" : "PodFailed";
        var begun = containers.stream().anyMatch(Container::hasBegun);
        conditions.set("PodReadyToStartContainers", said(begun && !over), "", "");
        if (initial.stream().allMatch(Container::ready)) {
            conditions.set(
                    "Initialized", "True", phase.equals("Succeeded") ? "PodCompleted" : "", "");
        } else {
            conditions.set(
                    "Initialized",
                    "False",
                    "ContainersNotInitialized",
                    "containers with incomplete status: " + unready(initial));
        }
        if (over) {
            conditions.set("Ready", "False", reason, "");
            conditions.set("ContainersReady", "False", reason, "");
        } else if (containers.stream().allMatch(Container::ready)) {
            var closed = gates(conditions);
            if (closed.isEmpty()) {
                conditions.set("Ready", "True", "", "");
            } else {
                conditions.set(
                        "Ready", "False", "ReadinessGatesNotReady", String.join(", ", closed));
            }
            conditions.set("ContainersReady", "True", "", "");
        } else {
            var message = "containers with unready status: " + unready(containers);
            conditions.set("Ready", "False", "ContainersNotReady", message);
            conditions.set("ContainersReady", "False", "ContainersNotReady", message);
        }
        conditions.set("PodScheduled", "True", "", "");
        return conditions.list();
    }

    /// The readiness gates that somebody else has not opened yet.
    private List<String> gates(Conditions conditions) {
        var closed = new ArrayList<String>();
        for (var gate : Tree.objects(pod.spec(), "readinessGates")) {
            var type = Json.string(gate, "conditionType");
            var said = conditions.find(type).map(one -> Json.string(one, "status"));
            if (said.isEmpty()) {
                closed.add(
                        "corresponding condition of pod readiness gate \"%s\" does not exist."
                                .formatted(type));
            } else if (!said.get().equals("True")) {
                closed.add(
                        "the status of pod readiness gate \"%s\" is not \"True\", but %s"
                                .formatted(type, said.get()));
            }
        }
        return closed;
    }

    private static String said(boolean holds) {
        return holds ? "True" : "False";
    }

    /// `[web proxy]`.
    private static String unready(List<Container> containers) {
        return "["
                + String.join(
                        " ",
                        containers.stream()
                                .filter(one -> !one.ready())
                                .map(Container::name)
                                .toList())
                + "]";
    }

    private String qualityOfService() {
        var containers = new ArrayList<>(Tree.objects(pod.spec(), "initContainers"));
        containers.addAll(Tree.objects(pod.spec(), "containers"));
        if (containers.stream().allMatch(one -> asked(one).isEmpty() && limits(one).isEmpty())) {
            return "BestEffort";
        }
        return containers.stream().allMatch(PodStatus::isGuaranteed) ? "Guaranteed" : "Burstable";
    }

    private static boolean isGuaranteed(Map<String, Object> container) {
        var limits = limits(container);
        return limits.containsKey("cpu")
                && limits.containsKey("memory")
                && (asked(container).isEmpty() || asked(container).equals(limits));
    }

    private static Map<String, Object> asked(Map<String, Object> container) {
        return Json.object(Json.object(container, "resources"), "requests");
    }

    private static Map<String, Object> limits(Map<String, Object> container) {
        return Json.object(Json.object(container, "resources"), "limits");
    }
}
