package dev.slipway.cluster.pod;

import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Amounts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/// How much of a node's resources is asked for, or given, or taken.
///
/// @param amounts by the resource's name, in ones
record Demand(Map<String, BigDecimal> amounts) {
    static final Demand NONE = new Demand(Map.of());

    private static final String PODS = "pods";

    /// What pods of a spec ask for: all their containers together, or the one of those before them that asks for most.
    static Demand of(Map<String, Object> spec) {
        var running = NONE;
        for (var container : Tree.objects(spec, "containers")) {
            running = running.plus(asked(container));
        }
        var beside = NONE;
        var most = NONE;
        for (var container : Tree.objects(spec, "initContainers")) {
            if ("Always".equals(container.get("restartPolicy"))) {
                beside = beside.plus(asked(container));
                most = most.most(beside);
            } else {
                most = most.most(beside.plus(asked(container)));
            }
        }
        return running.plus(beside)
                .most(most)
                .plus(written(Json.object(spec, "overhead")))
                .plus(new Demand(Map.of(PODS, BigDecimal.ONE)));
    }

    /// Amounts as they are written: `{cpu: 500m}`.
    static Demand written(Map<String, Object> amounts) {
        var read = new TreeMap<String, BigDecimal>();
        amounts.forEach((name, amount) ->
                read.put(
                        name,
                        Amounts.worth(Objects.toString(amount, "0")).orElse(BigDecimal.ZERO)));
        return new Demand(read);
    }

    private static Demand asked(Map<String, Object> container) {
        var resources = Json.object(container, "resources");
        var asked = new TreeMap<>(Json.object(resources, "limits"));
        asked.putAll(Json.object(resources, "requests"));
        return written(asked);
    }

    Demand plus(Demand other) {
        return with(other, BigDecimal::add);
    }

    Demand minus(Demand other) {
        var negated = new TreeMap<String, BigDecimal>();
        other.amounts.forEach((name, amount) -> negated.put(name, amount.negate()));
        return plus(new Demand(negated));
    }

    private Demand most(Demand other) {
        return with(other, BigDecimal::max);
    }

    private Demand with(Demand other, BinaryOperator<BigDecimal> both) {
        var sum = new TreeMap<>(amounts);
        other.amounts.forEach((name, amount) -> sum.merge(name, amount, both));
        return new Demand(sum);
    }

    /// What there is too little of for this, in the words of schedulers. What is not asked for may lack.
    ///
    /// @param most what there is in all; of what it does not name there is always enough
    List<String> lacking(Demand most, Demand taken) {
        return most.amounts.entrySet().stream()
                .filter(one -> of(one.getKey()).signum() > 0)
                .filter(one ->
                        of(one.getKey()).add(taken.of(one.getKey())).compareTo(one.getValue()) > 0)
                .map(one ->
                        one.getKey().equals(PODS)
                                ? "Too many pods"
                                : "Insufficient " + one.getKey())
                .toList();
    }

    /// How many pods ask for it.
    BigDecimal pods() {
        return of(PODS);
    }

    private BigDecimal of(String name) {
        return amounts.getOrDefault(name, BigDecimal.ZERO);
    }
}
