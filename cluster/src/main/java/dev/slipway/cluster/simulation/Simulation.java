package dev.slipway.cluster.simulation;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a simulated cluster is told to play, and how.
///
/// @param name of the cluster
/// @param nodes how many nodes it has
/// @param maxPods how many pods it plays
/// @param capacity what each node has, by the resource's name; of what is not named it has as much as is wanted
/// @param rules how further kinds are played, as they are written
public record Simulation(
        String name,
        Pace pace,
        long nodes,
        long maxPods,
        Map<String, Object> capacity,
        List<FaultRule> faults,
        List<Map<String, Object>> rules) {
    public static final String TYPE = "Simulated";
    public static final long DEFAULT_NODES = 3;
    public static final long DEFAULT_MAX_PODS = 1_000;

    private static final long USUAL_PODS = 110;

    public Simulation {
        capacity = Collections.unmodifiableMap(new LinkedHashMap<>(capacity));
        faults = List.copyOf(faults);
        rules = List.copyOf(rules);
    }

    /// Whether a cluster is one that plays.
    public static boolean isSimulated(Resource cluster) {
        return TYPE.equals(cluster.spec().get("type"));
    }

    /// Reads an admitted cluster.
    public static Simulation of(Resource cluster) {
        var spec = Json.object(cluster.spec(), "simulation");
        return new Simulation(
                cluster.name(),
                Pace.of(Json.object(spec, "pace")),
                Tree.number(spec, "nodes", DEFAULT_NODES),
                Tree.number(spec, "maxPods", DEFAULT_MAX_PODS),
                capacity(spec),
                Tree.objects(spec, "faults").stream()
                        .flatMap(rule -> FaultRule.of(rule).stream())
                        .toList(),
                Tree.objects(spec, "rules"));
    }

    /// Enough, unless something else is said: it is to be met by those who look for it.
    private static Map<String, Object> capacity(Map<String, Object> spec) {
        var most = Tree.number(spec, "maxPods", DEFAULT_MAX_PODS);
        var capacity =
                Tree.of(
                        "cpu",
                        "64",
                        "ephemeral-storage",
                        "1Ti",
                        "memory",
                        "256Gi",
                        "pods",
                        Long.toString(Math.max(most, USUAL_PODS)));
        Json.object(spec, "capacity")
                .forEach((name, amount) -> capacity.put(name, String.valueOf(amount)));
        return capacity;
    }

    /// The name of a node, counted from nought.
    public String node(long index) {
        return "simulated-" + (index + 1);
    }

    /// What a rule says goes wrong with the first of these.
    Optional<FaultRule> fault(List<Resource> chain) {
        return faults.stream().filter(rule -> rule.concerns(chain)).findFirst();
    }
}
