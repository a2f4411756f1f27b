package dev.slipway.apiserver.read;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds the paths at which two trees differ: `spec.containers[0].image`.
final class Differences {
    /// How many paths are listed.
    static final int MAX_PATHS = 50;

    private final List<String> paths = new ArrayList<>();

    private Differences() {}

    static List<String> between(@Nullable Object before, @Nullable Object after) {
        var differences = new Differences();
        differences.compare("", before, after);
        return List.copyOf(differences.paths);
    }

    private void compare(String path, @Nullable Object before, @Nullable Object after) {
        if (paths.size() >= MAX_PATHS || Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
            objects(path, old, now);
        } else if (before instanceof List<?> old
                && after instanceof List<?> now
                && old.size() == now.size()) {
            for (int i = 0; i < old.size(); i++) {
                compare(path + "[" + i + "]", old.get(i), now.get(i));
            }
        } else {
            paths.add(path);
        }
    }

    private void objects(String path, Map<?, ?> before, Map<?, ?> after) {
        var keys = new LinkedHashSet<Object>(before.keySet());
        keys.addAll(after.keySet());
        for (var key : keys) {
            compare(
                    path.isEmpty() ? key.toString() : path + "." + key,
                    before.get(key),
                    after.get(key));
        }
    }
}
