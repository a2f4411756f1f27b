package dev.slipway.apiserver.table;

import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A simple Kubernetes JSON path: `.status.conditions[?(@.type=="Ready")].status`.
///
/// Fields, quoted fields, indices, `[*]` and comparisons with a literal; what cannot be read finds nothing.
public record JsonPath(List<Step> steps) {
    /// How many results one step may have.
    static final int MAX_RESULTS = 10_000;

    /// One step from a value to others.
    sealed interface Step {
        record Field(String name) implements Step {}

        /// Counted from the end where negative.
        record Index(int index) implements Step {}

        record Every() implements Step {}

        /// Items whose value at `path` equals `literal`, or does not.
        record Filter(JsonPath path, boolean equal, @Nullable Object literal) implements Step {}

        /// Leads nowhere.
        record Nothing() implements Step {}
    }

    public JsonPath {
        steps = List.copyOf(steps);
    }

    public static JsonPath parse(String path) {
        return new JsonPath(new JsonPathParser(path).steps());
    }

    /// The first result, where there is one that is not null.
    public Optional<Object> first(@Nullable Object tree) {
        return results(tree).stream().filter(Objects::nonNull).map(Object.class::cast).findFirst();
    }

    /// Every result in order.
    public List<@Nullable Object> results(@Nullable Object tree) {
        List<@Nullable Object> here = new ArrayList<>();
        here.add(tree);
        for (var step : steps) {
            List<@Nullable Object> next = new ArrayList<>();
            for (var value : here) {
                walk(step, value, next);
            }
            here = next.size() > MAX_RESULTS ? next.subList(0, MAX_RESULTS) : next;
        }
        return here;
    }

    private static void walk(Step step, @Nullable Object value, List<@Nullable Object> next) {
        switch (step) {
            case Step.Field(var name) -> {
                if (value instanceof Map<?, ?> map && map.containsKey(name)) {
                    next.add(map.get(name));
                }
            }
            case Step.Index(var index) -> {
                if (value instanceof List<?> list) {
                    var at = index < 0 ? list.size() + index : index;
                    if (at >= 0 && at < list.size()) {
                        next.add(list.get(at));
                    }
                }
            }
            case Step.Every _ -> children(value).forEach(next::add);
            case Step.Filter filter ->
                    children(value).filter(child -> passes(filter, child)).forEach(next::add);
            case Step.Nothing _ -> {}
        }
    }

    private static Stream<? extends @Nullable Object> children(@Nullable Object value) {
        return switch (value) {
            case List<?> list -> Json.castList(list).stream();
            case Map<?, ?> map -> map.values().stream();
            case null, default -> Stream.empty();
        };
    }

    private static boolean passes(Step.Filter filter, @Nullable Object child) {
        var found = filter.path().first(child);
        return filter.equal() == (found.isPresent() && found.get().equals(filter.literal()));
    }
}
