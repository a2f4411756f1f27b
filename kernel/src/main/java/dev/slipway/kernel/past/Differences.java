package dev.slipway.kernel.past;

import dev.slipway.kernel.kind.Redaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where two states of an object differ, in the order of their fields; hidden values are told to differ, not shown.
///
/// @param more whether there are further ones that the bound cut off
public record Differences(List<Difference> all, boolean more) {
    /// Nothing differs.
    public static final Differences NONE = new Differences(List.of(), false);

    public Differences {
        all = List.copyOf(all);
    }

    /// The differences of two trees that hold nothing to hide, at most `limit`.
    public static Differences between(
            Map<String, Object> before, Map<String, Object> after, int limit) {
        var walk = new Walk(limit);
        walk.compare(TreePath.ROOT, new Side(before, before), new Side(after, after));
        return new Differences(walk.found, walk.more);
    }

    /// The differences of two trees, at most `limit`.
    static Differences between(
            Map<String, Object> before, Map<String, Object> after, Redaction redaction, int limit) {
        return between(Optional.of(before), Optional.of(after), redaction, limit);
    }

    /// The differences of two trees, each of which may not be there; then the other differs as a whole.
    static Differences between(
            Optional<Map<String, Object>> before,
            Optional<Map<String, Object>> after,
            Redaction redaction,
            int limit) {
        var walk = new Walk(limit);
        walk.compare(TreePath.ROOT, Side.of(before, redaction), Side.of(after, redaction));
        return new Differences(walk.found, walk.more);
    }

    /// Whether nothing differs.
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /// Without those below a field of the root.
    public Differences without(String field) {
        return new Differences(
                all.stream().filter(one -> !one.path().first().equals(field)).toList(), more);
    }

    /// A value, and what of it may be shown.
    private record Side(@Nullable Object value, @Nullable Object shown) {
        static final Side NOTHING = new Side(null, null);

        static Side of(Optional<Map<String, Object>> tree, Redaction redaction) {
            return tree.map(one -> new Side(one, redaction.redacted(one))).orElse(NOTHING);
        }

        boolean hidden() {
            return Redaction.HIDDEN.equals(shown);
        }

        Side field(Object key) {
            return value instanceof Map<?, ?> map && shown instanceof Map<?, ?> seen
                    ? new Side(map.get(key), seen.get(key))
                    : NOTHING;
        }

        Side item(int position) {
            return value instanceof List<?> list && shown instanceof List<?> seen
                    ? new Side(list.get(position), seen.get(position))
                    : NOTHING;
        }

        Optional<Object> told() {
            return Optional.ofNullable(shown);
        }
    }

    private static final class Walk {
        private final int limit;
        private final List<Difference> found = new ArrayList<>();
        private boolean more;

        Walk(int limit) {
            this.limit = limit;
        }

        void compare(TreePath path, Side before, Side after) {
            if (Objects.equals(before.value, after.value)) {
                return;
            }
            if (before.hidden() || after.hidden()) {
                add(path, before, after);
            } else if (before.value instanceof Map<?, ?> old
                    && after.value instanceof Map<?, ?> now) {
                objects(path, before, after, old, now);
            } else if (before.value instanceof List<?> old && after.value instanceof List<?> now) {
                lists(path, before, after, ListPairs.of(old, now));
            } else {
                add(path, before, after);
            }
        }

        private void objects(TreePath path, Side before, Side after, Map<?, ?> old, Map<?, ?> now) {
            var keys = new LinkedHashSet<Object>(old.keySet());
            keys.addAll(now.keySet());
            for (var key : keys) {
                compare(path.field(key.toString()), before.field(key), after.field(key));
            }
        }

        private void lists(TreePath path, Side before, Side after, List<ListPairs.Pair> pairs) {
            for (var pair : pairs) {
                compare(
                        path.index(pair.position()),
                        pair.before() < 0 ? Side.NOTHING : before.item(pair.before()),
                        pair.after() < 0 ? Side.NOTHING : after.item(pair.after()));
            }
        }

        private void add(TreePath path, Side before, Side after) {
            if (found.size() >= limit) {
                more = true;
            } else {
                found.add(new Difference(path, before.told(), after.told()));
            }
        }
    }
}
