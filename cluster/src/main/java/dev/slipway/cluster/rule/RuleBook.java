package dev.slipway.cluster.rule;

import dev.slipway.cluster.simulation.Simulation;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The rules by which kinds are played: those of the cluster before those that come with the product. Safe to use from
/// any thread.
public final class RuleBook {
    private static final String OWN = "rules.yaml";

    private record Read(List<Map<String, Object>> trees, List<Rule> rules) {}

    private final List<Rule> own = own();
    private volatile Read read = new Read(List.of(), List.of());

    /// The rule for a kind, if there is one.
    Optional<Rule> rule(Simulation simulation, Kind kind) {
        return Stream.concat(rules(simulation).stream(), own.stream())
                .filter(rule -> isFor(rule, kind))
                .findFirst();
    }

    /// Whether objects of a kind are played by a rule.
    public boolean plays(Simulation simulation, Kinds kinds, KindKey key) {
        return kinds.byKey(key).flatMap(kind -> rule(simulation, kind)).isPresent();
    }

    /// The kinds that are played by rules and served.
    public List<KindKey> kinds(Simulation simulation, Kinds kinds) {
        return Stream.concat(rules(simulation).stream(), own.stream())
                .flatMap(rule -> kinds.byKind(rule.apiVersion(), rule.kind()).stream())
                .map(served -> served.kind().key())
                .distinct()
                .toList();
    }

    private static boolean isFor(Rule rule, Kind kind) {
        return kind.versions().stream()
                .anyMatch(version -> rule.isFor(kind.apiVersion(version), kind.names().kind()));
    }

    private List<Rule> rules(Simulation simulation) {
        var last = read;
        if (!last.trees().equals(simulation.rules())) {
            last = new Read(simulation.rules(), simulation.rules().stream().map(Rule::of).toList());
            read = last;
        }
        return last.rules();
    }

    private static List<Rule> own() {
        try (var in = RuleBook.class.getResourceAsStream(OWN)) {
            var tree = Yaml.read(Objects.requireNonNull(in).readAllBytes());
            if (!(tree instanceof Map<?, ?> map)) {
                throw new IllegalStateException(OWN + " is not an object");
            }
            return Tree.objects(Json.cast(map), "rules").stream().map(Rule::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(OWN, e);
        }
    }
}
