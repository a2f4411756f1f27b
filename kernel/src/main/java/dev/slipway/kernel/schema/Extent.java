package dev.slipway.kernel.schema;

import dev.slipway.expression.Sizes;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// How large the values of a schema can be: as it declares, else as a request can carry.
///
/// @param resource whether it is the schema of whole resources, which have a name that it does not mention
record Extent(Schema schema, boolean resource) implements Sizes {
    private static final double REQUEST = 3 * 1024 * 1024;
    private static final double BYTES_PER_LETTER = 4;
    private static final double LONGEST_TIME = 32;
    private static final double DATE = 12;
    private static final double SHORTEST_TIME = 21;

    @Override
    public OptionalDouble of(List<String> place) {
        if (place.isEmpty()) {
            return OptionalDouble.of(size(schema));
        }
        if (place.getLast().equals(KEY)) {
            var map = at(place.subList(0, place.size() - 1));
            return map != null && map.isMap() ? OptionalDouble.of(0) : OptionalDouble.empty();
        }
        if (resource && schema.property(place.getFirst()) == null) {
            return ofIdentity(place);
        }
        var there = at(place);
        return there == null ? OptionalDouble.empty() : OptionalDouble.of(size(there));
    }

    private static OptionalDouble ofIdentity(List<String> place) {
        return switch (String.join(".", place)) {
            case "apiVersion", "kind", "metadata.name", "metadata.generateName" ->
                    OptionalDouble.of(REQUEST - 2);
            case "metadata" -> OptionalDouble.of(0);
            default -> OptionalDouble.empty();
        };
    }

    private @Nullable Schema at(List<String> place) {
        var here = schema;
        for (var step : place) {
            var next = step.equals(ELEMENT) ? element(here) : here.property(step);
            if (next == null) {
                return null;
            }
            here = next;
        }
        return here;
    }

    private static @Nullable Schema element(Schema schema) {
        return schema.items().or(schema::additionalProperties).orElse(null);
    }

    /// How many values of this schema a request can carry.
    double mostOften() {
        return Math.floor(REQUEST / (least(schema) + 1));
    }

    /// How many members or items the schema allows, 1 where it has neither; empty where it sets no bound.
    static OptionalDouble declared(Schema schema) {
        return switch (schema.type()) {
            case "array" -> bound(schema, "maxItems");
            case "object" -> schema.isMap() ? bound(schema, "maxProperties") : OptionalDouble.of(1);
            default -> OptionalDouble.of(1);
        };
    }

    private static double size(Schema schema) {
        if (schema.intOrString()) {
            return letters(schema).orElse(REQUEST - 2);
        }
        return switch (schema.type()) {
            case "string" -> text(schema);
            case "array" ->
                    bound(schema, "maxItems")
                            .orElseGet(() ->
                                    Math.floor(
                                            (REQUEST - 2)
                                                    / (least(schema.items().orElse(Schema.ANY))
                                                            + 1)));
            case "object" ->
                    schema.isMap()
                            ? bound(schema, "maxProperties")
                                    .orElseGet(() ->
                                            Math.floor(
                                                    (REQUEST - 2)
                                                            / (least(
                                                                            schema.additionalProperties()
                                                                                    .orElseThrow())
                                                                    + 6)))
                            : 0;
            default -> 0;
        };
    }

    private static double text(Schema schema) {
        return switch (schema.format()) {
            case "duration", "date-time" -> LONGEST_TIME;
            case "date" -> DATE;
            case "byte" -> bound(schema, "maxLength").orElse(REQUEST - 2);
            default -> letters(schema).orElseGet(() -> longest(schema));
        };
    }

    private static OptionalDouble letters(Schema schema) {
        var most = bound(schema, "maxLength");
        return most.isPresent()
                ? OptionalDouble.of(most.getAsDouble() * BYTES_PER_LETTER)
                : OptionalDouble.empty();
    }

    private static double longest(Schema schema) {
        return schema.keyword("enum") instanceof List<?> values && !values.isEmpty()
                ? values.stream()
                        .mapToDouble(value -> value instanceof String text ? text.length() : 0)
                        .max()
                        .orElse(0)
                : REQUEST - 2;
    }

    /// The fewest bytes that a value takes.
    private static double least(Schema schema) {
        if (schema.intOrString()) {
            return 1;
        }
        return switch (schema.type()) {
            case "string" -> leastText(schema.format());
            case "array" -> 2;
            case "object" ->
                    schema.isMap()
                            ? 2
                            : 2
                                    + schema.properties().entrySet().stream()
                                            .filter(entry -> isNeeded(schema, entry))
                                            .mapToDouble(Extent::least)
                                            .sum();
            case "boolean" -> 4;
            default -> 1;
        };
    }

    private static double leastText(String format) {
        return switch (format) {
            case "duration" -> 3;
            case "date" -> DATE;
            case "date-time" -> SHORTEST_TIME;
            default -> 2;
        };
    }

    /// Whether the client has to send it.
    private static boolean isNeeded(Schema schema, Map.Entry<String, Schema> property) {
        return schema.required().contains(property.getKey())
                && !property.getValue().raw().containsKey("default");
    }

    private static double least(Map.Entry<String, Schema> property) {
        return property.getKey().length() + 4 + least(property.getValue());
    }

    private static OptionalDouble bound(Schema schema, String keyword) {
        return schema.raw().get(keyword) instanceof Number number
                ? OptionalDouble.of(Math.max(0, number.doubleValue()))
                : OptionalDouble.empty();
    }
}
