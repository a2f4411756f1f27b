package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.schema.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Kubernetes' merge patch that knows lists by their keys; for built-in kinds.
///
/// Beside the fields, a patch has directives: `$patch` (`replace`, `delete`, `merge`), `$retainKeys`,
/// `$setElementOrder/FIELD` and `$deleteFromPrimitiveList/FIELD`.
public final class StrategicMergePatch {
    private static final String PATCH = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String ELEMENT_ORDER = "$setElementOrder/";
    private static final String DELETE_FROM_LIST = "$deleteFromPrimitiveList/";

    private final Map<String, Object> whole;
    private final Deque<String> path = new ArrayDeque<>();

    private StrategicMergePatch(Map<String, Object> whole) {
        this.whole = whole;
    }

    /// The object with the patch in it; throws a [ProblemException] where the patch makes no sense.
    public static Map<String, Object> apply(
            Map<String, Object> original, Map<String, Object> patch, Schema schema) {
        return new StrategicMergePatch(patch).map(Shape.of(schema), original, patch);
    }

    private Map<String, Object> map(
            Shape shape, Map<String, Object> original, Map<String, Object> patch) {
        return switch (directive(patch)) {
            case "" -> fields(shape, original, patch);
            case "replace" -> fields(shape, Map.of(), patch);
            case "delete" -> new LinkedHashMap<>();
            case String word when word.equals("merge") && original.isEmpty() ->
                    fields(shape, original, patch);
            default -> throw badDirective(patch);
        };
    }

    private Map<String, Object> fields(
            Shape shape, Map<String, Object> original, Map<String, Object> patch) {
        var merged = retained(original, patch);
        deleteFromLists(merged, patch);
        patch.forEach((name, value) -> {
            path.addLast(name);
            if (name.startsWith(ELEMENT_ORDER)) {
                order(shape, merged, patch, name.substring(ELEMENT_ORDER.length()), value);
            } else if (!isDirective(name) && !patch.containsKey(ELEMENT_ORDER + name)) {
                field(shape.childOrDeduced(name), merged, name, value, Optional.empty());
            }
            path.removeLast();
        });
        return merged;
    }

    /// What is left of the original's keys; a patch that retains keys must set no others.
    private Map<String, Object> retained(Map<String, Object> original, Map<String, Object> patch) {
        var merged = new LinkedHashMap<>(original);
        if (patch.containsKey(RETAIN_KEYS)) {
            if (!(patch.get(RETAIN_KEYS) instanceof List<?> keys)) {
                throw invalid("invalid patch format of retainKeys");
            }
            patch.forEach((name, value) -> {
                if (value != null && !isDirective(name) && !keys.contains(name)) {
                    throw invalid("patch content doesn't match retainKeys list");
                }
            });
            merged.keySet().removeIf(name -> !keys.contains(name));
        }
        return merged;
    }

    private void deleteFromLists(Map<String, Object> merged, Map<String, Object> patch) {
        patch.forEach((name, value) -> {
            if (name.startsWith(DELETE_FROM_LIST)) {
                var field = name.substring(DELETE_FROM_LIST.length());
                if (!(value instanceof List<?> deleted)) {
                    throw invalid("invalid patch format of primitive list");
                }
                if (merged.get(field) instanceof List<?> items) {
                    var left = new ArrayList<>(Json.castList(items));
                    left.removeIf(item -> contains(deleted, item));
                    merged.put(field, left);
                }
            }
        });
    }

    /// Merges the field that an order is given for, and puts its items into that order.
    private void order(
            Shape shape,
            Map<String, Object> merged,
            Map<String, Object> patch,
            String name,
            @Nullable Object order) {
        if (!(order instanceof List<?> listed)) {
            throw invalid("invalid patch format of setElementOrder list");
        }
        var child = shape.childOrDeduced(name);
        if (patch.containsKey(name)) {
            field(child, merged, name, patch.get(name), Optional.of(listed));
        } else if (merged.get(name) instanceof List<?> items) {
            var elements = new ElementOrder(mergeKey(child));
            merged.put(name, elements.arrange(Json.castList(items), listed, items));
        }
    }

    private void field(
            Shape shape,
            Map<String, Object> merged,
            String name,
            @Nullable Object value,
            Optional<List<?>> order) {
        var original = merged.get(name);
        switch (value) {
            case null -> merged.remove(name);
            case Map<?, ?> map -> {
                requireNoList(shape);
                merged.put(name, map(shape, asMap(shape, original), Json.cast(map)));
            }
            case List<?> list -> {
                requireNoMap(shape);
                merged.put(name, list(shape, original, Json.castList(list), order));
            }
            default -> merged.put(name, value);
        }
    }

    private static Map<String, Object> asMap(Shape shape, @Nullable Object original) {
        return original instanceof Map<?, ?> map && !strategy(shape).equals("replace")
                ? Json.cast(map)
                : Map.of();
    }

    private List<Object> list(
            Shape shape, @Nullable Object original, List<Object> patch, Optional<List<?>> order) {
        if (!strategy(shape).contains("merge")) {
            return patch;
        }
        var items = original instanceof List<?> list ? Json.castList(list) : List.of();
        return mergeKey(shape).isEmpty()
                ? scalars(items, patch, order)
                : objects(shape, items, patch, order);
    }

    private List<Object> scalars(
            List<Object> original, List<Object> patch, Optional<List<?>> order) {
        var elements = new ElementOrder("");
        order.ifPresent(listed -> requireOrder(elements, patch, patch, listed));
        var merged = new ArrayList<Object>();
        for (var item : concatenated(original, patch)) {
            if (!contains(merged, item)) {
                merged.add(item);
            }
        }
        return elements.arrange(merged, order.orElse(patch), original);
    }

    private List<Object> objects(
            Shape shape, List<Object> original, List<Object> patch, Optional<List<?>> order) {
        var elements = new ElementOrder(mergeKey(shape));
        var merged = new ArrayList<>(original);
        var left = new ArrayList<Map<String, Object>>();
        for (var item : patch) {
            directive(asItem(item), elements, merged, left);
        }
        order.ifPresent(listed -> requireOrder(elements, left, patch, listed));
        var positions = elements.positions(merged);
        left.forEach(item -> merge(shape, merged, elements, positions, item));
        return elements.arrange(merged, order.orElse(left), original);
    }

    /// Does what an item's directive says, or collects the item to be merged.
    private void directive(
            Map<String, Object> item,
            ElementOrder elements,
            List<Object> merged,
            List<Map<String, Object>> left) {
        switch (directive(item)) {
            case "" -> left.add(item);
            case "delete" -> {
                var key = key(item, elements);
                merged.removeIf(one -> Trees.equal(elements.key(one), key));
            }
            case "replace" -> merged.clear();
            case "merge" -> throw invalid("merging lists cannot yet be specified in the patch");
            default -> throw badDirective(item);
        }
    }

    private void merge(
            Shape shape,
            List<Object> merged,
            ElementOrder elements,
            Map<Object, Integer> positions,
            Map<String, Object> item) {
        var position = positions.get(ElementOrder.comparable(key(item, elements)));
        if (position == null) {
            positions.put(ElementOrder.comparable(key(item, elements)), merged.size());
            merged.add(map(shape.item(), Map.of(), item));
        } else if (merged.get(position) instanceof Map<?, ?> original) {
            merged.set(position, map(shape.item(), Json.cast(original), item));
        }
    }

    private Object key(Map<String, Object> item, ElementOrder elements) {
        var key = elements.key(item);
        if (key == null) {
            throw invalid(
                    "map: %s does not contain declared merge key: %s"
                            .formatted(GoText.of(item), elements.mergeKey()));
        }
        return key;
    }

    private Map<String, Object> asItem(@Nullable Object item) {
        if (!(item instanceof Map<?, ?> map)) {
            throw misfit("cannot restore struct from: " + GoText.type(item));
        }
        return Json.cast(map);
    }

    private void requireOrder(
            ElementOrder elements, List<?> items, List<Object> patch, List<?> listed) {
        if (!listed.isEmpty() && !elements.isInOrder(items, listed)) {
            throw invalid(
                    "The order in patch list:\n%s\n doesn't match $setElementOrder list:\n%s\n"
                            .formatted(GoText.of(patch), GoText.of(listed)));
        }
    }

    private void requireNoList(Shape shape) {
        if (shape.schema().isArray()) {
            throw misfit("cannot restore slice from map");
        }
    }

    private void requireNoMap(Shape shape) {
        if (shape.schema().isObject()) {
            throw misfit("cannot restore map from slice");
        }
    }

    private static String directive(Map<String, Object> map) {
        return map.containsKey(PATCH) ? GoText.of(map.get(PATCH)) : "";
    }

    private static boolean isDirective(String name) {
        return name.equals(PATCH)
                || name.equals(RETAIN_KEYS)
                || name.startsWith(ELEMENT_ORDER)
                || name.startsWith(DELETE_FROM_LIST);
    }

    private static String strategy(Shape shape) {
        return shape.schema().patchStrategy();
    }

    private static String mergeKey(Shape shape) {
        return shape.schema().patchMergeKey();
    }

    private static boolean contains(List<?> items, @Nullable Object item) {
        return items.stream().anyMatch(one -> Trees.equal(one, item));
    }

    private static List<Object> concatenated(List<Object> first, List<Object> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private ProblemException badDirective(Map<String, Object> map) {
        return invalid(
                "unknown patch type: %s in map: %s"
                        .formatted(GoText.of(map.get(PATCH)), GoText.of(map)));
    }

    /// A patch that cannot be followed, with the field where that shows.
    private ProblemException invalid(String message) {
        var cause = new FieldCause("FieldValueInvalid", String.join(".", path), message);
        return new Problem(
                        Problem.Reason.INVALID,
                        message,
                        Optional.empty(),
                        List.of(cause),
                        Optional.empty())
                .exception();
    }

    /// A patch whose result could not be an object of the kind.
    private ProblemException misfit(String detail) {
        var cause = FieldCause.invalid("patch", GoText.of(whole), detail);
        return Problem.invalid("", "", "", List.of(cause)).exception();
    }
}
