package dev.slipway.cluster.simulation;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a simulated cluster is told to play, and how.
///
/// @param name of the cluster
/// @param nodes how many nodes it has
/// @param maxPods how many pods it plays
/// @param rules how further kinds are played, as they are written
public record Simulation(
        String name,
        Pace pace,
        long nodes,
        long maxPods,
        List<FaultRule> faults,
        List<Map<String, Object>> rules) {
    public static final String TYPE = "Simulated";
    public static final long DEFAULT_NODES = 3;
    public static final long DEFAULT_MAX_PODS = 1_000;

    public Simulation {
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
                Tree.objects(spec, "faults").stream()
                        .flatMap(rule -> FaultRule.of(rule).stream())
                        .toList(),
                Tree.objects(spec, "rules"));
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
