package dev.slipway.kernel.schema;

import dev.slipway.expression.Sizes;
import dev.slipway.kernel.model.FieldCause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What the rules of a schema may cost at most, held against what an object may cost to be checked.
///
/// Where a schema sets no bound, a value is as large as a request can be.
public final class RuleCosts {
    /// What one rule may cost for one object.
    static final double MAX_RULE = 10_000_000;

    /// What all rules of a schema may cost together for one object.
    static final double MAX_SCHEMA = 100_000_000;

    private static final double MAX_REQUEST_BYTES = 3 * 1024 * 1024;
    private static final double MOST_TOLD = 100;
    private static final int MOST_EXPENSIVE = 4;

    /// What one rule costs.
    private record Cost(String path, double cost) {}

    private final List<Cost> costs = new ArrayList<>();

    private RuleCosts() {}

    /// What is too expensive in the schema of whole objects.
    public static List<FieldCause> check(Schema schema, String path) {
        var all = new RuleCosts();
        all.node(schema, true, path, 1);
        return all.causes(path);
    }

    /// @param times how often the value may occur in one object
    private void node(Schema schema, boolean root, String path, double times) {
        if (schema.raw().containsKey(Rules.KEYWORD)) {
            var rules = Rule.of(schema, root, path, new ArrayList<>());
            for (int i = 0; i < rules.size(); i++) {
                var cost = rules.get(i).cost(place -> size(schema, place)) * times;
                costs.add(new Cost("%s.%s[%d].rule".formatted(path, Rules.KEYWORD, i), cost));
            }
        }
        schema.properties()
                .forEach((name, property) ->
                        node(property, false, "%s.properties[%s]".formatted(path, name), times));
        schema.items()
                .ifPresent(items -> node(items, false, path + ".items", times(schema, times)));
        schema.additionalProperties()
                .ifPresent(values ->
                        node(values, false, path + ".additionalProperties", times(schema, times)));
    }

    /// No more of them than fit into a request, however they lie in each other.
    private static double times(Schema schema, double times) {
        return Math.min(size(schema), MAX_REQUEST_BYTES) * times;
    }

    private List<FieldCause> causes(String path) {
        var causes = new ArrayList<FieldCause>();
        for (var one : costs) {
            if (one.cost() > MAX_RULE) {
                causes.add(
                        FieldCause.forbidden(
                                one.path(), exceeds("estimated rule cost", one.cost(), MAX_RULE)));
            }
        }
        var total = costs.stream().mapToDouble(Cost::cost).sum();
        if (total > MAX_SCHEMA) {
            costs.stream()
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

    private static double size(Schema schema, List<String> place) {
        var here = schema;
        for (var step : place) {
            var next = step.equals(Sizes.ELEMENT) ? element(here) : field(here, step);
            if (next == null) {
                return 1;
            }
            here = next;
        }
        return size(here);
    }

    private static @org.jspecify.annotations.Nullable Schema element(Schema schema) {
        return schema.items().or(schema::additionalProperties).orElse(null);
    }

    private static @org.jspecify.annotations.Nullable Schema field(Schema schema, String name) {
        var declared = schema.property(name);
        return declared != null ? declared : schema.additionalProperties().orElse(null);
    }

    private static double size(Schema schema) {
        return switch (schema.type()) {
            case "string" -> bound(schema, "maxLength", MAX_REQUEST_BYTES - 2);
            case "array" ->
                    bound(
                            schema,
                            "maxItems",
                            MAX_REQUEST_BYTES / (least(schema.items().orElse(Schema.ANY)) + 1));
            case "object" ->
                    schema.additionalProperties()
                            .map(values ->
                                    bound(
                                            schema,
                                            "maxProperties",
                                            MAX_REQUEST_BYTES / (least(values) + 6)))
                            .orElse(1.0);
            default -> 1;
        };
    }

    /// The fewest bytes that a value takes.
    private static double least(Schema schema) {
        return switch (schema.type()) {
            case "string", "array" -> 2;
            case "object" ->
                    2
                            + schema.properties().entrySet().stream()
                                    .filter(entry -> schema.required().contains(entry.getKey()))
                                    .mapToDouble(RuleCosts::least)
                                    .sum();
            case "boolean" -> 4;
            default -> 1;
        };
    }

    private static double least(Map.Entry<String, Schema> property) {
        return property.getKey().length() + 3 + least(property.getValue());
    }

    private static double bound(Schema schema, String keyword, double otherwise) {
        return schema.keyword(keyword) instanceof Number number ? number.doubleValue() : otherwise;
    }
}
