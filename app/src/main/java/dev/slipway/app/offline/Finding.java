package dev.slipway.app.offline;

import dev.slipway.kernel.model.YamlPlaces.Place;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Something that is to be said about a place of a file.
///
/// @param rule what kind of thing it is, a stable word: `FieldValueInvalid`
/// @param path the path of the field; empty for the whole document
/// @param excerpt the line of an expression with a caret below; may be empty
public record Finding(
        Level level,
        String file,
        Place place,
        String rule,
        String path,
        String message,
        String excerpt) {
    /// How much it matters, in the words of SARIF.
    public enum Level {
        ERROR,
        WARNING,
        NOTE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding error(String file, Place place, String path, String message) {
        return new Finding(Level.ERROR, file, place, "Malformed", path, message, "");
    }

    /// `web.yaml:12:9: error: spec.replicas: expected int, got string`.
    public String line() {
        return "%s:%d:%d: %s: %s%s"
                .formatted(
                        file,
                        place.line(),
                        place.column(),
                        level.word(),
                        path.isEmpty() ? "" : path + ": ",
                        message + excerpt);
    }

    /// As JSON tells it.
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("level", level.word());
        tree.put("file", file);
        tree.put("line", (long) place.line());
        tree.put("column", (long) place.column());
        tree.put("rule", rule);
        tree.put("path", path);
        tree.put("message", message);
        tree.put("excerpt", excerpt.stripTrailing());
        return tree;
    }
}
