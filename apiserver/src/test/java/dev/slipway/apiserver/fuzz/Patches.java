package dev.slipway.apiserver.fuzz;

import dev.slipway.kernel.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Patches of all four sorts, on objects whose lists have keys, are sets or have neither.
final class Patches {
    private static final List<String> OPERATIONS =
            List.of("add", "replace", "remove", "test", "move", "copy", "");
    private static final List<String> SORTS =
            List.of("json", "merge", "strategic", "apply", "apply");

    private final Door door;

    Patches(Door door) {
        this.door = door;
    }

    void run(Input input) {
        switch (input) {
            case Input.Written written -> {
                var thing =
                        Thing.ALL.stream()
                                .filter(one -> one.path().contains("/" + written.word(1) + "s/"))
                                .findFirst()
                                .orElse(Thing.DEPLOYMENT);
                prepare(thing);
                send(thing, written.word(0), written.body(), "fuzz", false);
            }
            case Input.Grown(var choices) -> grown(choices);
        }
    }

    private void prepare(Thing thing) {
        door.prepare(thing.manifest());
    }

    private void grown(Choices choices) {
        var thing = choices.of(Thing.ALL);
        prepare(thing);
        do {
            var sort = choices.of(SORTS);
            var trees = new Trees(choices);
            Object patch =
                    switch (sort) {
                        case "json" -> operations(choices, trees, thing);
                        case "apply" -> named(trees.changed(thing.tree()), thing);
                        default -> choices.oneIn(2) ? trees.object() : trees.changed(thing.tree());
                    };
            send(
                    thing,
                    sort,
                    bytes(patch),
                    choices.of(List.of("fuzz", "a", "b")),
                    choices.oneIn(2));
        } while (!choices.isEmpty());
    }

    static byte[] bytes(@org.jspecify.annotations.Nullable Object tree) {
        return Json.text(tree).getBytes(StandardCharsets.UTF_8);
    }

    /// Mostly about the object that it is sent to, as else nothing is looked at.
    static @org.jspecify.annotations.Nullable Object named(
            @org.jspecify.annotations.Nullable Object tree, Thing thing) {
        if (!(tree instanceof Map<?, ?> map)) {
            return tree;
        }
        Map<String, Object> named = new LinkedHashMap<>(Json.cast(map));
        named.putIfAbsent("apiVersion", thing.tree().get("apiVersion"));
        named.putIfAbsent("kind", thing.tree().get("kind"));
        return named;
    }

    private static List<Object> operations(Choices choices, Trees trees, Thing thing) {
        List<Object> operations = new ArrayList<>();
        int count = 1 + choices.below(4);
        for (int i = 0; i < count; i++) {
            Map<String, Object> operation = new LinkedHashMap<>();
            operation.put("op", choices.of(OPERATIONS));
            operation.put("path", pointer(choices, trees, thing.tree()));
            if (choices.oneIn(3)) {
                operation.put("from", pointer(choices, trees, thing.tree()));
            }
            Json.put(operation, "value", trees.value());
            operations.add(choices.oneIn(20) ? "remove" : operation);
        }
        return operations;
    }

    /// A way into the object, now and then beside it.
    private static String pointer(Choices choices, Trees trees, Object tree) {
        var pointer = new StringBuilder();
        Object here = tree;
        while (here != null && !choices.oneIn(5)) {
            switch (here) {
                case Map<?, ?> map when !map.isEmpty() && !choices.oneIn(8) -> {
                    var key = String.valueOf(choices.of(List.copyOf(map.keySet())));
                    pointer.append('/').append(key.replace("~", "~0").replace("/", "~1"));
                    here = map.get(key);
                }
                case List<?> list -> {
                    var index = choices.below(4);
                    pointer.append('/').append(choices.oneIn(4) ? "-" : String.valueOf(index));
                    here = index < list.size() ? list.get(index) : null;
                }
                default -> {
                    pointer.append('/').append(trees.name());
                    here = null;
                }
            }
        }
        return pointer.toString();
    }

    private void send(Thing thing, String sort, byte[] patch, String manager, boolean force) {
        var type =
                switch (sort) {
                    case "json" -> "application/json-patch+json";
                    case "merge" -> "application/merge-patch+json";
                    case "strategic" -> "application/strategic-merge-patch+json";
                    default -> "application/apply-patch+yaml";
                };
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("fieldManager", List.of(manager));
        if (sort.equals("apply")) {
            query.put("force", List.of(String.valueOf(force)));
        }
        door.send("PATCH", thing.path(), query, type, patch);
    }
}
