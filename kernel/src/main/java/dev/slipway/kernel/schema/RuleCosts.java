package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.FieldCause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/// What the rules of a schema may cost at most, held against what an object may cost to be checked.
///
/// Where a schema sets no bound, a value is as large as a request can be.
public final class RuleCosts {
    /// What one rule may cost for one object.
    static final double MAX_RULE = 10_000_000;

    /// What all rules of a schema may cost together for one object.
    static final double MAX_SCHEMA = 100_000_000;

    private static final double MOST_TOLD = 100;
    private static final int MOST_EXPENSIVE = 4;

    /// What one expression costs, and what it is.
    private record Cost(String what, String path, double cost) {}

    private final List<Cost> costs = new ArrayList<>();

    private RuleCosts() {}

    /// What is too expensive in the schema of whole objects.
    public static List<FieldCause> check(Schema schema, String path) {
        var all = new RuleCosts();
        all.node(schema, true, path, OptionalDouble.of(1));
        return all.causes(path);
    }

    /// @param times how often the value may occur in one object, as far as the schemas around it bound that
    private void node(Schema schema, boolean root, String path, OptionalDouble times) {
        if (schema.raw().containsKey(Rules.KEYWORD)) {
            var rules = Rule.of(schema, root, path, "", new ArrayList<>());
            var extent = new Extent(schema, root);
            for (int i = 0; i < rules.size(); i++) {
                add(
                        rules.get(i),
                        "%s.%s[%d]".formatted(path, Rules.KEYWORD, i),
                        extent,
                        times.orElseGet(extent::mostOften));
            }
        }
        schema.properties()
                .forEach((name, property) ->
                        node(property, false, "%s.properties[%s]".formatted(path, name), times));
        var below = times(times, Extent.declared(schema));
        schema.items().ifPresent(items -> node(items, false, path + ".items", below));
        schema.additionalProperties()
                .ifPresent(values -> node(values, false, path + ".additionalProperties", below));
    }

    private void add(Rule rule, String path, Extent extent, double times) {
        costs.add(
                new Cost(
                        "estimated rule cost",
                        path + ".rule",
                        rule.expression().estimatedCost(extent) * times));
        rule.failure()
                .ifPresent(message ->
                        costs.add(
                                new Cost(
                                        "estimated messageExpression cost",
                                        path + ".messageExpression",
                                        message.estimatedCost(extent))));
    }

    private static OptionalDouble times(OptionalDouble around, OptionalDouble here) {
        return around.isPresent() && here.isPresent()
                ? OptionalDouble.of(around.getAsDouble() * here.getAsDouble())
                : OptionalDouble.empty();
    }

    private List<FieldCause> causes(String path) {
        var causes = new ArrayList<FieldCause>();
        for (var one : costs) {
            if (one.cost() > MAX_RULE) {
                causes.add(
                        FieldCause.forbidden(
                                one.path(), exceeds(one.what(), one.cost(), MAX_RULE)));
            }
        }
        var total = costs.stream().mapToDouble(Cost::cost).sum();
        if (total > MAX_SCHEMA) {
            costs.stream()
                    .filter(one -> one.cost() >= MAX_SCHEMA / 100)
                    .sorted(Comparator.comparingDouble(Cost::cost).reversed())
                    .limit(MOST_EXPENSIVE)
                    .forEach(one ->
                            causes.add(
                                    FieldCause.forbidden(
                                            one.path(),
                                            "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema")));
            var what =
                    "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema";
            causes.add(FieldCause.forbidden(path, exceeds(what, total, MAX_SCHEMA)));
        }
        return causes;
    }

    private static String exceeds(String what, double cost, double limit) {
        var factor = cost / limit;
        var told =
                factor > MOST_TOLD
                        ? "more than 100x"
                        : (factor < 1.5 ? "%.6fx" : "%.1fx").formatted(factor);
        return what
                + " exceeds budget by factor of "
                + told
                + " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)";
    }
}
