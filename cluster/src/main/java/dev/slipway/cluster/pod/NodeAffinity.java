package dev.slipway.cluster.pod;

import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What pods of a spec want of the labels of their node: `nodeSelector`, and what their affinity requires.
record NodeAffinity(Map<String, Object> spec) {
    private static final int MAX_DIGITS = 18;

    /// @param labels of the node
    boolean fits(String node, Map<String, Object> labels) {
        return Json.object(spec, "nodeSelector").entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                && fitsTerms(node, labels);
    }

    private boolean fitsTerms(String node, Map<String, Object> labels) {
        if (!(Json.at(
                        spec,
                        "affinity",
                        "nodeAffinity",
                        "requiredDuringSchedulingIgnoredDuringExecution")
                instanceof Map<?, ?> required)) {
            return true;
        }
        return Tree.objects(Json.cast(required), "nodeSelectorTerms").stream()
                .anyMatch(term -> fitsTerm(term, node, labels));
    }

    /// A term that asks for nothing fits nothing.
    private static boolean fitsTerm(
            Map<String, Object> term, String node, Map<String, Object> labels) {
        var expressions = Tree.objects(term, "matchExpressions");
        var fields = Tree.objects(term, "matchFields");
        return !(expressions.isEmpty() && fields.isEmpty())
                && expressions.stream().allMatch(one -> holds(one, labels))
                && fields.stream().allMatch(one -> holds(one, Map.of("metadata.name", node)));
    }

    private static boolean holds(Map<String, Object> expression, Map<String, Object> labels) {
        var value = Objects.toString(labels.get(Json.string(expression, "key")), null);
        var values = Json.list(expression, "values");
        return switch (Json.string(expression, "operator")) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> value != null && isMore(value, values);
            case "Lt" ->
                    value != null && values.size() == 1 && isMore(text(values), List.of(value));
            default -> false;
        };
    }

    private static boolean isMore(String one, List<?> others) {
        return others.size() == 1
                && isNumber(one)
                && isNumber(text(others))
                && Long.parseLong(one) > Long.parseLong(text(others));
    }

    private static String text(List<?> values) {
        return String.valueOf(values.getFirst());
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]{1," + MAX_DIGITS + "}");
    }
}
