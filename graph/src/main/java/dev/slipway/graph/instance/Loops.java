package dev.slipway.graph.instance;

import dev.slipway.expression.Value;
import dev.slipway.graph.compile.Role;
import dev.slipway.graph.compile.Role.Iteration;
import dev.slipway.graph.instance.Rendering.Note;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The items that a template is rendered for: every combination of what its loops go over.
sealed interface Loops {
    /// How many items there may be.
    int MAX_ITEMS = 1_000;

    /// The data for each item, the first loop being the outermost.
    record Items(List<Map<String, Object>> data) implements Loops {}

    /// Data of other nodes are not there yet.
    record Pending(Note note) implements Loops {}

    /// They cannot be told, and waiting will not help.
    record Broken(Note note) implements Loops {}

    /// The items of a node with the data that are there.
    static Loops of(Role.Each each, Map<String, Object> data, Allowance allowance) {
        List<Map<String, Object>> items = List.of(data);
        for (var iteration : each.iterations()) {
            var path = "forEach." + iteration.name();
            switch (allowance.evaluate(iteration.list(), data)) {
                case Value.Known(List<?> list) -> {
                    if ((long) items.size() * list.size() > MAX_ITEMS) {
                        return new Broken(new Note(path, tooMany(items.size(), list.size())));
                    }
                    items = product(items, iteration, list);
                }
                case Value.Known(var other) -> {
                    return new Broken(new Note(path, "expected a list, got " + other));
                }
                case Value.Failed(var message) -> {
                    return new Broken(new Note(path, message));
                }
                case Value.Missing(var root, var reason) -> {
                    return Renderer.isOfInstance(root)
                            ? new Broken(new Note(path, Renderer.notSet(root)))
                            : new Pending(new Note(path, reason));
                }
            }
        }
        return new Items(items);
    }

    private static String tooMany(int outer, int inner) {
        return "%d items are more than the limit of %d".formatted((long) outer * inner, MAX_ITEMS);
    }

    private static List<Map<String, Object>> product(
            List<Map<String, Object>> outer, Iteration iteration, List<?> list) {
        var product = new ArrayList<Map<String, Object>>(outer.size() * list.size());
        for (var data : outer) {
            for (var item : list) {
                product.add(with(data, iteration.name(), item));
            }
        }
        return product;
    }

    @SuppressWarnings("NullAway") // An item may be null, as any value in a tree.
    private static Map<String, Object> with(
            Map<String, Object> data, String name, @Nullable Object item) {
        var more = new HashMap<>(data);
        more.put(name, item);
        return more;
    }
}
