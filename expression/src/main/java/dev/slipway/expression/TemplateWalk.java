package dev.slipway.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A walk over all strings of a tree that are values, in document order; keys are never visited.
///
/// Paths read as people write them: `spec.template.spec.containers[0].image`, and `metadata.annotations["a.b/c"]` for
/// a key that would not be unambiguous after a dot.
public final class TemplateWalk {
    /// The deepest tree that is walked; documents are refused at the door long before.
    public static final int MAXIMAL_DEPTH = 512;

    private TemplateWalk() {}

    /// Looks at one string value.
    @FunctionalInterface
    public interface Visitor {
        void visit(String path, String text);
    }

    /// Says what stands in place of one string value.
    @FunctionalInterface
    public interface Replacement {
        @Nullable Object replace(String path, String text);
    }

    /// Shows every string value of `tree` to `visitor`.
    public static void visit(@Nullable Object tree, Visitor visitor) {
        replace(
                tree,
                (path, text) -> {
                    visitor.visit(path, text);
                    return text;
                });
    }

    /// A copy of `tree` in which every string value is what `replacement` says; the tree itself is left alone.
    public static @Nullable Object replace(@Nullable Object tree, Replacement replacement) {
        return replace(tree, "", 0, replacement);
    }

    private static @Nullable Object replace(
            @Nullable Object tree, String path, int depth, Replacement replacement) {
        if (depth > MAXIMAL_DEPTH) {
            throw new IllegalArgumentException("deeper than " + MAXIMAL_DEPTH + " levels: " + path);
        }
        return switch (tree) {
            case String text -> replacement.replace(path, text);
            case Map<?, ?> map -> replaceIn(map, path, depth, replacement);
            case List<?> list -> replaceIn(list, path, depth, replacement);
            case null, default -> tree;
        };
    }

    private static Map<String, @Nullable Object> replaceIn(
            Map<?, ?> map, String path, int depth, Replacement replacement) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            copy.put(name, replace(value, member(path, name), depth + 1, replacement));
        });
        return copy;
    }

    private static List<@Nullable Object> replaceIn(
            List<?> list, String path, int depth, Replacement replacement) {
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        for (Object element : list) {
            copy.add(replace(element, path + "[" + copy.size() + "]", depth + 1, replacement));
        }
        return copy;
    }

    private static String member(String path, String key) {
        boolean plain = !key.isEmpty() && key.chars().allMatch(TemplateWalk::isPlain);
        if (!plain) {
            return path + "[\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    private static boolean isPlain(int character) {
        return Character.isLetterOrDigit(character)
                || character == '_'
                || character == '-'
                || character == '$';
    }
}
