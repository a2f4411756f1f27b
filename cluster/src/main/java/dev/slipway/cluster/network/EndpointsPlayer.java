package dev.slipway.cluster.network;

import dev.slipway.cluster.pod.Pods;
import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Digest;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.cluster.workload.Made;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plays the endpoints of a service: the pods that its selector finds, as an `Endpoints` and as an `EndpointSlice`.
public final class EndpointsPlayer {
    /// How many pods are told behind one service.
    static final int MAX_ENDPOINTS = 1_000;

    private EndpointsPlayer() {}

    /// Writes what differs; a service without a selector is looked after by others.
    public static void play(Stage stage, Resource service) {
        if (Json.object(service.spec(), "selector").isEmpty()
                || "ExternalName".equals(service.spec().get("type"))) {
            return;
        }
        var pods = pods(stage, service);
        write(stage, endpoints(service, pods), "subsets");
        write(stage, slice(service, pods), "endpoints");
    }

    private static List<Resource> pods(Stage stage, Resource service) {
        var selector = Json.object(service.spec(), "selector");
        return stage.state().list(ClusterKinds.PODS, service.namespace()).stream()
                .filter(pod -> isMeant(pod, selector))
                .limit(MAX_ENDPOINTS)
                .map(StoredObject::resource)
                .filter(pod -> !Pods.isOver(pod) && !address(pod).isEmpty())
                .toList();
    }

    private static boolean isMeant(StoredObject pod, Map<String, Object> selector) {
        var labels = pod.labels();
        return selector.entrySet().stream()
                .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
    }

    private static String address(Resource pod) {
        return Json.string(pod.status(), "podIP");
    }

    private static void write(Stage stage, Map<String, Object> wanted, String field) {
        var object = new Resource(wanted);
        var kind = stage.key(object).kind();
        var found = stage.find(kind, object.namespace(), object.name());
        if (found.isEmpty()) {
            stage.create(kind, wanted);
        } else if (!Json.list(found.get().tree(), field).equals(wanted.get(field))
                || !Json.list(found.get().tree(), "ports").equals(Json.list(wanted, "ports"))) {
            var changes = Tree.of(field, Json.list(wanted, field));
            if (wanted.containsKey("ports")) {
                changes.put("ports", Json.list(wanted, "ports"));
            }
            stage.merge(found.get(), changes);
        }
    }

    // ---- endpoints

    private static Map<String, Object> endpoints(Resource service, List<Resource> pods) {
        var subsets = new ArrayList<Object>();
        if (!pods.isEmpty()) {
            var subset = Tree.of();
            addresses(subset, "addresses", pods.stream().filter(Pods::isReady).toList());
            addresses(
                    subset,
                    "notReadyAddresses",
                    pods.stream().filter(pod -> !Pods.isReady(pod)).toList());
            subset.put("ports", ports(service, pods.getFirst(), false));
            subsets.add(subset);
        }
        return Tree.of(
                "apiVersion",
                "v1",
                "kind",
                "Endpoints",
                "metadata",
                metadata(service, service.name(), Tree.of()),
                "subsets",
                subsets);
    }

    private static void addresses(Map<String, Object> subset, String key, List<Resource> pods) {
        if (!pods.isEmpty()) {
            subset.put(
                    key,
                    pods.stream()
                            .<Object>map(pod ->
                                    Tree.of(
                                            "ip",
                                            address(pod),
                                            "nodeName",
                                            Json.string(pod.spec(), "nodeName"),
                                            "targetRef",
                                            reference(pod)))
                            .toList());
        }
    }

    private static Map<String, Object> slice(Resource service, List<Resource> pods) {
        var labels =
                Tree.of(
                        "endpointslice.kubernetes.io/managed-by",
                        "slipway-simulated-cluster",
                        "kubernetes.io/service-name",
                        service.name());
        var name = service.name() + "-" + Digest.name(service.uid()).substring(0, 5);
        return Tree.of(
                "apiVersion",
                "discovery.k8s.io/v1",
                "kind",
                "EndpointSlice",
                "metadata",
                metadata(service, name, labels),
                "addressType",
                "IPv4",
                "endpoints",
                pods.stream().<Object>map(EndpointsPlayer::endpoint).toList(),
                "ports",
                pods.isEmpty() ? List.of() : ports(service, pods.getFirst(), true));
    }

    private static Map<String, Object> endpoint(Resource pod) {
        var ready = Pods.isReady(pod);
        return Tree.of(
                "addresses",
                List.of(address(pod)),
                "conditions",
                Tree.of("ready", ready, "serving", ready, "terminating", false),
                "nodeName",
                Json.string(pod.spec(), "nodeName"),
                "targetRef",
                reference(pod));
    }

    private static Map<String, Object> metadata(
            Resource service, String name, Map<String, Object> labels) {
        var all = Tree.of();
        all.putAll(service.labels());
        all.putAll(labels);
        return Tree.of(
                "name",
                name,
                "namespace",
                service.namespace(),
                "labels",
                all,
                "ownerReferences",
                Made.owners(service));
    }

    private static Map<String, Object> reference(Resource pod) {
        return Tree.of(
                "kind", "Pod", "name", pod.name(), "namespace", pod.namespace(), "uid", pod.uid());
    }

    // ---- ports

    /// The ports as a pod has them.
    ///
    /// @param named whether a port without a name says so
    private static List<Object> ports(Resource service, Resource pod, boolean named) {
        var ports = new ArrayList<Object>();
        for (var port : Tree.objects(service.spec(), "ports")) {
            var number = number(port, pod);
            if (number.isPresent()) {
                var name = Json.string(port, "name");
                var tree = name.isEmpty() && !named ? Tree.of() : Tree.of("name", name);
                tree.put("port", number.get());
                tree.put("protocol", port.getOrDefault("protocol", "TCP"));
                ports.add(tree);
            }
        }
        return ports;
    }

    private static Optional<Long> number(Map<String, Object> port, Resource pod) {
        return switch (port.getOrDefault("targetPort", port.getOrDefault("port", 0L))) {
            case Long number -> Optional.of(number);
            case String name ->
                    Tree.objects(pod.spec(), "containers").stream()
                            .flatMap(container -> Tree.objects(container, "ports").stream())
                            .filter(one -> name.equals(one.get("name")))
                            .map(one -> Tree.number(one, "containerPort", 0))
                            .findFirst();
            default -> Optional.empty();
        };
    }
}
