package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Forgives what was wrong before: a schema may become stricter than the objects that exist, and these can still be
/// changed elsewhere.
///
/// A value is the one that it was when it stands at the same place: under the same names, in a list by key under the
/// same keys. Items of other lists have no place of their own.
public final class Ratchet {
    /// Problems without a field name the place in their words.
    private static final Pattern PLACE =
            Pattern.compile("\"([^\"]+)\" must |Checked value must be .* in (\\S+)$");

    private final Schema schema;
    private final Map<String, Object> object;
    private final Map<String, Object> old;

    private Ratchet(Schema schema, Map<String, Object> object, Map<String, Object> old) {
        this.schema = schema;
        this.object = object;
        this.old = old;
    }

    /// The causes that concern what has changed.
    public static List<FieldCause> changed(
            List<FieldCause> causes,
            Schema schema,
            Map<String, Object> object,
            Map<String, Object> old) {
        if (causes.isEmpty()) {
            return causes;
        }
        var ratchet = new Ratchet(schema, object, old);
        return causes.stream().filter(cause -> !ratchet.isKnown(cause)).toList();
    }

    private boolean isKnown(FieldCause cause) {
        return switch (cause.reason()) {
            case "FieldValueRequired" -> stayed(parent(cause.field()));
            case "FieldValueDuplicate" -> hadDuplicates(cause.field());
            default -> stayed(place(cause));
        };
    }

    private static String place(FieldCause cause) {
        if (!cause.field().equals(Validation.NOWHERE)) {
            return cause.field();
        }
        var place = PLACE.matcher(cause.message());
        if (!place.find()) {
            return "";
        }
        return place.group(1) == null ? place.group(2) : place.group(1);
    }

    private static String parent(String field) {
        var dot = field.lastIndexOf('.');
        return dot < 0 ? "" : field.substring(0, dot);
    }

    /// Whether a list had the same item twice before.
    private boolean hadDuplicates(String field) {
        var walk = new Walk(field.substring(0, Math.max(0, field.lastIndexOf('['))));
        return walk.run()
                || (walk.before instanceof List<?> list
                        && new HashSet<>(keys(list, walk.here)).size() < list.size());
    }

    private static List<?> keys(List<?> list, Schema schema) {
        return schema.list() == Schema.ListType.MAP
                ? list.stream()
                        .map(item ->
                                schema.listMapKeys().stream()
                                        .map(key -> String.valueOf(Json.at(item, key)))
                                        .toList())
                        .toList()
                : list;
    }

    private boolean stayed(String field) {
        return !field.isEmpty() && new Walk(field).run();
    }

    /// A way down both objects at once.
    private final class Walk {
        private String rest;
        private Schema here = schema;
        private @Nullable Object now = object;
        private @Nullable Object before = old;

        Walk(String field) {
            rest = field;
        }

        /// Goes to the end, or to the first value that did not change; says whether there is one.
        boolean run() {
            while (!rest.isEmpty() && before != null) {
                if (!step()) {
                    return false;
                }
                if (Objects.equals(now, before)) {
                    return true;
                }
            }
            return before != null && Objects.equals(now, before);
        }

        private boolean step() {
            return switch (now) {
                case Map<?, ?> map -> member(Json.cast(map));
                case List<?> list when rest.startsWith("[") -> item(list);
                case null, default -> false;
            };
        }

        /// Keys of maps may have dots in them: the longest that fits is meant.
        private boolean member(Map<String, Object> map) {
            var path = rest.startsWith(".") ? rest.substring(1) : rest;
            var name =
                    map.keySet().stream()
                            .filter(key -> isStep(path, key))
                            .max(java.util.Comparator.comparingInt(String::length));
            if (name.isEmpty()) {
                return false;
            }
            rest = path.substring(name.get().length());
            now = map.get(name.get());
            before = Json.at(before, name.get());
            var declared = here.property(name.get());
            here = declared != null ? declared : here.additionalProperties().orElse(Schema.ANY);
            return true;
        }

        private static boolean isStep(String path, String key) {
            return path.startsWith(key)
                    && (path.length() == key.length()
                            || path.charAt(key.length()) == '.'
                            || path.charAt(key.length()) == '[');
        }

        private boolean item(List<?> list) {
            var end = rest.indexOf(']');
            var text = end < 0 ? "" : rest.substring(1, end);
            if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) >= list.size()) {
                return false;
            }
            rest = rest.substring(end + 1);
            now = list.get(Integer.parseInt(text));
            before = counterpart(now, before);
            here = here.items().orElse(Schema.ANY);
            return true;
        }

        private @Nullable Object counterpart(@Nullable Object item, @Nullable Object was) {
            if (here.list() != Schema.ListType.MAP || !(was instanceof List<?> items)) {
                return null;
            }
            return items.stream()
                    .filter(one ->
                            here.listMapKeys().stream()
                                    .allMatch(key ->
                                            Objects.equals(Json.at(one, key), Json.at(item, key))))
                    .findFirst()
                    .orElse(null);
        }
    }
}
