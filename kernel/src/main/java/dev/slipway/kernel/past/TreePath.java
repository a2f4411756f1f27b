package dev.slipway.kernel.past;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a value lies in an object's tree: `spec.containers[0].image`, `metadata.labels['a/b']`.
///
/// The path without steps is the whole object's.
public record TreePath(List<Step> steps) {
    /// The whole object.
    public static final TreePath ROOT = new TreePath(List.of());

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$-]*");

    /// One step on the way.
    public sealed interface Step {
        /// Into the field of an object.
        record Field(String name) implements Step {
            @Override
            public String toString() {
                return PLAIN.matcher(name).matches() ? "." + name : "['" + escaped(name) + "']";
            }
        }

        /// Into the item of a list at a position.
        record Index(int position) implements Step {
            @Override
            public String toString() {
                return "[" + position + "]";
            }
        }

        /// Into the first item of a list that has this text in a field.
        record Item(String field, String text) implements Step {
            @Override
            public String toString() {
                return "[" + field + "=" + text + "]";
            }
        }
    }

    public TreePath {
        steps = List.copyOf(steps);
    }

    /// Reads a path, with or without the dot that it may begin with.
    ///
    /// Throws a problem that says where it cannot be read.
    public static TreePath parse(String text) {
        return new TreePathParser(text).path();
    }

    /// The path of a field below this one.
    public TreePath field(String name) {
        return then(new Step.Field(name));
    }

    /// The path of an item below this one.
    public TreePath index(int position) {
        return then(new Step.Index(position));
    }

    public boolean isRoot() {
        return steps.isEmpty();
    }

    /// The name of the field that it begins with, empty for the whole object.
    public String first() {
        return !steps.isEmpty() && steps.getFirst() instanceof Step.Field(var name) ? name : "";
    }

    /// The value in a tree; empty where there is none.
    public Optional<Object> in(Map<String, Object> tree) {
        var here = Optional.<Object>of(tree);
        for (var step : steps) {
            here = here.flatMap(value -> into(value, step));
        }
        return here;
    }

    /// The same place with positions instead of what items have in a field; empty where there is nothing.
    Optional<TreePath> positioned(Map<String, Object> tree) {
        var path = ROOT;
        for (var step : steps) {
            var at = path.in(tree).flatMap(value -> positioned(value, step));
            if (at.isEmpty()) {
                return Optional.empty();
            }
            path = path.then(at.get());
        }
        return path.in(tree).isPresent() ? Optional.of(path) : Optional.empty();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        steps.forEach(text::append);
        return text.length() > 0 && text.charAt(0) == '.' ? text.substring(1) : text.toString();
    }

    static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("'", "\\'");
    }

    private TreePath then(Step step) {
        var longer = new ArrayList<>(steps);
        longer.add(step);
        return new TreePath(longer);
    }

    /// The value that one step leads to.
    static Optional<Object> into(Object value, Step step) {
        return switch (step) {
            case Step.Field(var name) when value instanceof Map<?, ?> map ->
                    Optional.ofNullable(map.get(name));
            case Step.Index(var position)
                    when value instanceof List<?> list && position < list.size() ->
                    Optional.ofNullable(list.get(position));
            case Step.Item _ -> positioned(value, step).flatMap(index -> into(value, index));
            default -> Optional.empty();
        };
    }

    private static Optional<Step> positioned(Object value, Step step) {
        if (!(step instanceof Step.Item(var field, var text))) {
            return Optional.of(step);
        }
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) instanceof Map<?, ?> map
                        && text.equals(String.valueOf(map.get(field)))) {
                    return Optional.of(new Step.Index(i));
                }
            }
        }
        return Optional.empty();
    }
}
