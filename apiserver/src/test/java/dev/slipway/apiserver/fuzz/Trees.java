package dev.slipway.apiserver.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON values that are grown from choices: names and values that mean something at the wrong place, and now and then the
/// right one.
final class Trees {
    private static final int DEEPEST = 8;
    private static final int WIDEST = 5;

    static final List<String> NAMES =
            List.of(
                    "metadata",
                    "spec",
                    "name",
                    "labels",
                    "annotations",
                    "containers",
                    "template",
                    "ports",
                    "env",
                    "value",
                    "data",
                    "status",
                    "kind",
                    "apiVersion",
                    "finalizers",
                    "ownerReferences",
                    "managedFields",
                    "selector",
                    "matchLabels",
                    "replicas",
                    "image",
                    "size",
                    "items",
                    "tags",
                    "uid",
                    "resourceVersion",
                    "generateName",
                    "namespace",
                    "creationTimestamp",
                    "deletionTimestamp",
                    "volumes",
                    "resources",
                    "limits",
                    "cpu",
                    "tolerations",
                    "$patch",
                    "$retainKeys",
                    "$setElementOrder/containers",
                    "$deleteFromPrimitiveList/finalizers",
                    "$setElementOrder/ports",
                    "f:metadata",
                    "f:spec",
                    "k:{\"name\":\"web\"}",
                    "v:\"a\"",
                    "i:0",
                    ".",
                    "containerPort",
                    "protocol",
                    "strategy",
                    "rollingUpdate",
                    "maxSurge",
                    "type",
                    "conditions",
                    "");

    static final List<Object> VALUES =
            List.of(
                    "web",
                    1L,
                    "",
                    true,
                    -1L,
                    0.5,
                    "delete",
                    "replace",
                    "merge",
                    Long.MAX_VALUE,
                    Long.MIN_VALUE,
                    1e300,
                    "100m",
                    "2031-02-03T04:05:06Z",
                    "v1",
                    "apps/v1",
                    "Deployment",
                    "default",
                    "a/b",
                    "-",
                    "f:",
                    "\u0000",
                    "\ud83d\ude00",
                    "nginx:1",
                    "TCP",
                    80L,
                    "50%",
                    "orphan",
                    "Background");

    private final Choices choices;
    private final List<String> names;
    private final List<Object> values;

    Trees(Choices choices) {
        this(choices, NAMES, VALUES);
    }

    Trees(Choices choices, List<String> names, List<Object> values) {
        this.choices = choices;
        this.names = names;
        this.values = values;
    }

    Map<String, Object> object() {
        return object(0);
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        int size = choices.below(WIDEST);
        for (int i = 0; i < size; i++) {
            object.put(name(), value(depth + 1));
        }
        return object;
    }

    String name() {
        return choices.oneIn(12) ? choices.text(12) : choices.of(names);
    }

    @Nullable Object value() {
        return value(0);
    }

    private @Nullable Object value(int depth) {
        return switch (choices.below(depth > DEEPEST ? 4 : 9)) {
            case 0, 1 -> choices.of(values);
            case 2 -> choices.oneIn(3) ? null : choices.of(values);
            case 3 -> choices.text(20);
            case 4, 5 -> list(depth);
            default -> object(depth);
        };
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        int size = choices.below(WIDEST);
        for (int i = 0; i < size; i++) {
            list.add(value(depth + 1));
        }
        return list;
    }

    /// A tree of which some parts are grown anew, left out or put elsewhere.
    @Nullable Object changed(@Nullable Object tree) {
        if (choices.oneIn(8)) {
            return value(DEEPEST - 2);
        }
        return switch (tree) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> changed = new LinkedHashMap<>();
                for (var entry : map.entrySet()) {
                    if (!choices.oneIn(12)) {
                        var name = choices.oneIn(16) ? name() : String.valueOf(entry.getKey());
                        changed.put(name, changed(entry.getValue()));
                    }
                }
                if (choices.oneIn(6)) {
                    changed.put(name(), value(DEEPEST - 2));
                }
                yield changed;
            }
            case List<?> list -> {
                List<@Nullable Object> changed = new ArrayList<>();
                for (var item : list) {
                    changed.add(changed(item));
                    if (choices.oneIn(8)) {
                        changed.add(item);
                    }
                }
                yield changed;
            }
            case null, default -> tree;
        };
    }

    /// A tree of which some leaves have another value of the same sort.
    @Nullable Object varied(@Nullable Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> varied = new LinkedHashMap<>();
                map.forEach((name, value) -> varied.put(String.valueOf(name), varied(value)));
                yield varied;
            }
            case List<?> list -> list.stream().map(this::varied).toList();
            case Long number when choices.oneIn(4) -> number / 2 + 1;
            case String text when choices.oneIn(6) -> text + "b";
            case null, default -> tree;
        };
    }
}
