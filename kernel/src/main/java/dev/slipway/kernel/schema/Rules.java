package dev.slipway.kernel.schema;

import dev.slipway.expression.Meter;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules that a schema asks expressions (`x-kubernetes-validations`), for every value that has them.
///
/// Immutable. Compiled once for each schema and remembered, since that takes milliseconds; a schema without rules costs
/// one walk and never touches the expression language.
public final class Rules {
    static final String KEYWORD = "x-kubernetes-validations";

    /// What all rules may cost for one object, in the units of Kubernetes.
    static final long MAX_COST = 10_000_000;

    private static final Remembered<Schema, Rules> REMEMBERED =
            new Remembered<>(schema -> new Rules(node(schema, true)));

    /// Reasons after which rules would only repeat what is known, or fail for the wrong reason.
    private static final Set<String> BLOCKING =
            Set.of(
                    "FieldValueRequired",
                    "FieldValueNotSupported",
                    "FieldValueTooLong",
                    "FieldValueTooMany",
                    "FieldValueTypeInvalid");

    /// Where rules stand in a schema; a part without any is left out.
    private record Node(
            Schema schema,
            List<Rule> rules,
            Map<String, Node> properties,
            Optional<Node> items,
            Optional<Node> values) {
        boolean isEmpty() {
            return rules.isEmpty() && properties.isEmpty() && items.isEmpty() && values.isEmpty();
        }
    }

    /// What was found so far, and what may still be spent on finding more.
    ///
    /// @param stayed whether what is asked for are the values that stayed as they were, not those that changed
    private record Found(List<FieldCause> causes, Meter meter, boolean stayed) {
        boolean isOver() {
            return meter.isExhausted() || causes.size() >= Validation.MAX_CAUSES;
        }
    }

    private final Optional<Node> root;

    private Rules(Optional<Node> root) {
        this.root = root;
    }

    /// The rules of the schema of whole objects.
    public static Rules of(Schema schema) {
        return REMEMBERED.of(schema);
    }

    /// What is wrong with the rules of one schema itself, not of those below it.
    ///
    /// @param root whether the schema is that of whole objects
    /// @param uncorrelated the path of the list or map around it whose parts have no counterpart in the object before;
    ///     empty where there is none
    public static List<FieldCause> problems(
            Schema schema, boolean root, String path, String uncorrelated) {
        List<FieldCause> problems = new ArrayList<>();
        if (schema.raw().containsKey(KEYWORD)) {
            Rule.of(schema, root, path, uncorrelated, problems);
        }
        return problems;
    }

    private static Optional<Node> node(Schema schema, boolean root) {
        Map<String, Node> properties = new LinkedHashMap<>();
        schema.properties()
                .forEach((name, property) ->
                        node(property, false).ifPresent(node -> properties.put(name, node)));
        var rules =
                schema.raw().containsKey(KEYWORD)
                        ? Rule.of(schema, root, "", "", new ArrayList<>())
                        : List.<Rule>of();
        var node =
                new Node(
                        schema,
                        rules,
                        properties,
                        schema.items().flatMap(items -> node(items, false)),
                        schema.additionalProperties().flatMap(values -> node(values, false)));
        return Optional.of(node).filter(one -> !one.isEmpty());
    }

    /// All rules that an object breaks; a rule that does not look back is not asked again of a value that stayed.
    ///
    /// @param old the object that it replaces
    /// @param found what the schema found wrong before; rules are not asked of objects that have not the right shape
    public List<FieldCause> check(
            Map<String, Object> object, Optional<Map<String, Object>> old, List<FieldCause> found) {
        return check(object, old, found, MAX_COST);
    }

    /// @param budget what asking all rules may cost
    List<FieldCause> check(
            Map<String, Object> object,
            Optional<Map<String, Object>> old,
            List<FieldCause> found,
            long budget) {
        if (root.isEmpty()) {
            return List.of();
        }
        if (found.stream().anyMatch(cause -> BLOCKING.contains(cause.reason()))) {
            return List.of(NOT_CHECKED);
        }
        List<FieldCause> causes = new ArrayList<>();
        value(
                root.get(),
                object,
                old.orElse(null),
                false,
                "",
                new Found(causes, new Meter(budget), false));
        return causes;
    }

    /// The rules that values break which stayed as they were: nobody is refused for these, but they may be told.
    public List<FieldCause> forgiven(Map<String, Object> object, Map<String, Object> old) {
        List<FieldCause> causes = new ArrayList<>();
        root.ifPresent(node ->
                value(node, object, old, false, "", new Found(causes, new Meter(MAX_COST), true)));
        return causes;
    }

    private static final FieldCause NOT_CHECKED =
            new FieldCause(
                    "FieldValueInvalid",
                    Validation.NOWHERE,
                    "Invalid value: null: some validation rules were not checked because the object was invalid; correct"
                            + " the existing errors to complete validation");

    /// @param kept whether it is part of a list that stayed as it was, whose items have no counterparts
    private static void value(
            Node node,
            @Nullable Object value,
            @Nullable Object old,
            boolean kept,
            String path,
            Found found) {
        if (value == null || found.isOver()) {
            return;
        }
        for (var rule : node.rules()) {
            if (!found.isOver() && isAsked(rule, value, old, kept, found.stayed())) {
                rule.check(value, old, node.schema(), path, found.meter())
                        .ifPresent(found.causes()::add);
            }
        }
        switch (value) {
            case Map<?, ?> map -> members(node, Json.cast(map), old, kept, path, found);
            case List<?> list -> items(node, list, old, kept || list.equals(old), path, found);
            default -> {}
        }
    }

    private static boolean isAsked(
            Rule rule, Object value, @Nullable Object old, boolean kept, boolean stayed) {
        if (rule.looksBack()) {
            return !stayed && (old != null || rule.optionalOld());
        }
        return stayed == (kept || Objects.equals(value, old));
    }

    private static void members(
            Node node,
            Map<String, Object> object,
            @Nullable Object old,
            boolean kept,
            String path,
            Found found) {
        var prefix = path.isEmpty() ? "" : path + ".";
        node.properties()
                .forEach((name, child) ->
                        value(
                                child,
                                object.get(name),
                                Json.at(old, name),
                                kept,
                                prefix + name,
                                found));
        node.values()
                .ifPresent(child ->
                        object.forEach((key, value) ->
                                value(
                                        child,
                                        value,
                                        Json.at(old, key),
                                        kept,
                                        path + "[" + key + "]",
                                        found)));
    }

    private static void items(
            Node node,
            List<?> list,
            @Nullable Object old,
            boolean stayed,
            String path,
            Found found) {
        if (node.items().isEmpty()) {
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            var item = list.get(i);
            var before = counterpart(item, old, node.schema());
            value(
                    node.items().get(),
                    item,
                    before,
                    stayed && before == null,
                    path + "[" + i + "]",
                    found);
        }
    }

    /// The item of the old list with the same keys; items of other lists have none.
    private static @Nullable Object counterpart(
            @Nullable Object item, @Nullable Object old, Schema schema) {
        if (schema.list() != Schema.ListType.MAP || !(old instanceof List<?> before)) {
            return null;
        }
        return before.stream()
                .filter(one ->
                        schema.listMapKeys().stream()
                                .allMatch(key ->
                                        Objects.equals(Json.at(one, key), Json.at(item, key))))
                .findFirst()
                .orElse(null);
    }
}
