package dev.slipway.kernel.schema;

import java.util.Optional;
import java.util.regex.Pattern;

/// Paths from a value to a field in it, as rules name them: `.spec.name`, `['a.b']`.
final class FieldPaths {
    private static final Pattern STEP =
            Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]*)|\\['((?:[^'\\\\]|\\\\.)*)'\\]");

    private FieldPaths() {}

    /// Whether a schema has the field that a path leads to.
    static boolean exists(String path, Schema schema) {
        var steps = STEP.matcher(path);
        var here = Optional.of(schema);
        var end = 0;
        while (here.isPresent() && steps.find(end) && steps.start() == end) {
            var name = steps.group(1) == null ? steps.group(2) : steps.group(1);
            here =
                    Optional.ofNullable(here.get().property(name))
                            .or(here.get()::additionalProperties);
            end = steps.end();
            if (end == path.length()) {
                return here.isPresent();
            }
        }
        return false;
    }
}
