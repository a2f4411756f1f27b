package dev.slipway.control.core;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/// Gives services the addresses and ports that nobody asked for by name, and keeps those that they have.
///
/// What is given follows from the service's uid, so that evaluating a write twice gives the same.
final class ServiceAdmitter implements Admitter {
    /// How many places are tried before a service goes without.
    static final int MAX_ATTEMPTS = 200;

    private static final KindKey SERVICES = KindKey.of("", "services");
    private static final String HEADLESS = "None";
    private static final List<String> OF_ADDRESSES =
            List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy");
    private static final int FIRST_NODE_PORT = 30_000;
    private static final int NODE_PORTS = 2768;

    /// Addresses are `10.96.x.y` with y from 1 to 254.
    private static final int ADDRESSES = 256 * 254;

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(SERVICES);
    }

    @Override
    public Verdict admit(Admission admission) {
        var service = admission.object();
        if (admission.operation() == Operation.DELETE || admission.subresource().equals("status")) {
            return Verdict.admitted(service);
        }
        var old = admission.old().map(Resource::spec).orElse(Map.of());
        var spec = Json.child(service.tree(), "spec");
        var type = Json.string(spec, "type");
        if (type.equals("ExternalName")) {
            outside(spec, old);
            return Verdict.admitted(service);
        }
        var causes = address(spec, old, service, admission.state());
        if (type.equals("NodePort") || type.equals("LoadBalancer")) {
            causes.addAll(nodePorts(spec, old, service, admission.state()));
        } else {
            closed(spec, old);
        }
        return causes.isEmpty()
                ? new Verdict.Admitted(service, warnings(spec), List.of())
                : new Verdict.Invalid(causes, warnings(spec));
    }

    private static List<String> warnings(Map<String, Object> spec) {
        return Json.string(spec, "externalName").isEmpty()
                ? List.of()
                : List.of("spec.externalName is ignored when spec.type is not \"ExternalName\"");
    }

    /// What a service had inside goes when it becomes a name for something outside; what somebody asks for stays, and
    /// is refused.
    private static void outside(Map<String, Object> spec, Map<String, Object> old) {
        if (Json.string(spec, "clusterIP").isEmpty()
                || Objects.equals(spec.get("clusterIP"), old.get("clusterIP"))) {
            spec.keySet().removeAll(OF_ADDRESSES);
        }
        for (var field : List.of("internalTrafficPolicy", "externalTrafficPolicy")) {
            if (Objects.equals(spec.get(field), old.get(field))) {
                spec.remove(field);
            }
        }
        closed(spec, old);
    }

    /// What a service had that could be reached from outside goes with its type, unless somebody wants it otherwise.
    private static void closed(Map<String, Object> spec, Map<String, Object> old) {
        var before = new HashSet<Object>();
        ports(old).forEach(port -> before.add(port.get("nodePort")));
        ports(spec).stream()
                .filter(port -> before.contains(port.get("nodePort")))
                .forEach(port -> port.remove("nodePort"));
        for (var field :
                List.of(
                        "externalTrafficPolicy",
                        "allocateLoadBalancerNodePorts",
                        "loadBalancerClass",
                        "healthCheckNodePort")) {
            if (old.containsKey(field) && Objects.equals(old.get(field), spec.get(field))) {
                spec.remove(field);
            }
        }
    }

    private static List<FieldCause> address(
            Map<String, Object> spec, Map<String, Object> old, Resource service, State state) {
        var before = Json.string(old, "clusterIP");
        var wanted = Json.string(spec, "clusterIP");
        var causes = new ArrayList<FieldCause>();
        if (!before.isEmpty() && !wanted.isEmpty() && !wanted.equals(before)) {
            causes.add(
                    ServiceAddresses.cause(
                            "spec.clusterIPs[0]", List.of(wanted), "may not change once set"));
        } else if (wanted.isEmpty()) {
            causes.addAll(ServiceAddresses.problems(spec, before));
            (before.isEmpty() ? freeAddress(service, state) : Optional.of(before))
                    .ifPresent(address -> spec.put("clusterIP", address));
        } else if (before.isEmpty()) {
            causes.addAll(ServiceAddresses.problems(spec, before));
            if (causes.isEmpty() && isTaken(wanted, service, state)) {
                causes.add(
                        ServiceAddresses.unallocated(wanted, "provided IP is already allocated"));
            }
        }
        complete(spec);
        return causes;
    }

    private static void complete(Map<String, Object> spec) {
        var address = Json.string(spec, "clusterIP");
        if (!address.isEmpty()) {
            spec.put("clusterIPs", new ArrayList<>(List.of(address)));
            spec.putIfAbsent("ipFamilies", new ArrayList<>(List.of("IPv4")));
            spec.putIfAbsent("ipFamilyPolicy", "SingleStack");
        }
    }

    private static Optional<String> freeAddress(Resource service, State state) {
        return free(
                service,
                ADDRESSES,
                place -> "10.96.%d.%d".formatted(place / 254, 1 + place % 254),
                address -> isTaken(address, service, state));
    }

    /// Asks the index of addresses: there may be many services.
    private static boolean isTaken(String address, Resource service, State state) {
        return !address.equals(HEADLESS)
                && state.list(SERVICES, new Term.Field("spec.clusterIP", address)).stream()
                        .anyMatch(other -> isOther(other, service));
    }

    private static List<FieldCause> nodePorts(
            Map<String, Object> spec, Map<String, Object> old, Resource service, State state) {
        var taken = new HashSet<Long>();
        others(service, state).stream()
                .filter(other -> !other.field("spec.type").equals("ClusterIP"))
                .forEach(other ->
                        ports(other.resource().spec())
                                .forEach(port -> number(port).ifPresent(taken::add)));
        var causes = refused(ports(spec), ports(old), taken);
        if (!Boolean.FALSE.equals(spec.get("allocateLoadBalancerNodePorts"))) {
            allocate(spec, old, service, taken);
        }
        return causes;
    }

    /// What is wrong with the ports that were asked for by number; those that the service has are its own.
    private static List<FieldCause> refused(
            List<Map<String, Object>> ports, List<Map<String, Object>> old, Set<Long> taken) {
        var causes = new ArrayList<FieldCause>();
        for (int i = 0; i < ports.size(); i++) {
            var path = "spec.ports[%d].nodePort".formatted(i);
            number(ports.get(i))
                    .filter(number ->
                            old.stream().noneMatch(port -> number.equals(port.get("nodePort"))))
                    .flatMap(number -> refusal(path, number, taken))
                    .ifPresent(causes::add);
        }
        return causes;
    }

    private static Optional<FieldCause> refusal(String path, long number, Set<Long> taken) {
        if (number < FIRST_NODE_PORT || number >= FIRST_NODE_PORT + NODE_PORTS) {
            return Optional.of(
                    FieldCause.invalid(
                            path,
                            number,
                            "provided port is not in the valid range. The range of valid ports is %d-%d"
                                    .formatted(FIRST_NODE_PORT, FIRST_NODE_PORT + NODE_PORTS - 1)));
        }
        return taken.contains(number)
                ? Optional.of(
                        FieldCause.invalid(path, number, "provided port is already allocated"))
                : Optional.empty();
    }

    private static void allocate(
            Map<String, Object> spec, Map<String, Object> old, Resource service, Set<Long> taken) {
        for (var port : ports(spec)) {
            number(port)
                    .or(() -> kept(port, old))
                    .or(() ->
                            free(
                                    service,
                                    NODE_PORTS,
                                    i -> (long) FIRST_NODE_PORT + i,
                                    taken::contains))
                    .ifPresent(number -> {
                        port.put("nodePort", number);
                        taken.add(number);
                    });
        }
    }

    private static Optional<Long> kept(Map<String, Object> port, Map<String, Object> old) {
        return ports(old).stream()
                .filter(before -> same(before, port, "port") && same(before, port, "protocol"))
                .findFirst()
                .flatMap(ServiceAdmitter::number);
    }

    private static boolean same(Map<String, Object> one, Map<String, Object> other, String key) {
        return String.valueOf(one.get(key)).equals(String.valueOf(other.get(key)));
    }

    private static Optional<Long> number(Map<String, Object> port) {
        return port.get("nodePort") instanceof Long number && number > 0
                ? Optional.of(number)
                : Optional.empty();
    }

    private static List<Map<String, Object>> ports(Map<String, Object> spec) {
        return Json.list(spec, "ports").stream()
                .filter(Map.class::isInstance)
                .map(port -> Json.cast((Map<?, ?>) port))
                .toList();
    }

    private static List<StoredObject> others(Resource service, State state) {
        return state.list(SERVICES).stream().filter(other -> isOther(other, service)).toList();
    }

    private static boolean isOther(StoredObject other, Resource service) {
        return !other.key().name().equals(service.name())
                || !other.key().namespace().equals(service.namespace());
    }

    /// The first of some places, which follow from the service's uid, that nobody has.
    private static <T> Optional<T> free(
            Resource service, int places, IntFunction<T> place, Predicate<T> taken) {
        var start = Math.floorMod(service.uid().hashCode(), places);
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            var one = place.apply((start + i) % places);
            if (!taken.test(one)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
