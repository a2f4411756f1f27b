package dev.slipway.kernel.patch;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A place in a document (RFC 6901); what cannot be found is refused as a failed operation of a patch.
///
/// Indices are read as Kubernetes reads them: `-1` is the last item, and `+1` and `01` are 1.
record JsonPointer(List<String> tokens) {
    private static final int MAX_INDEX_DIGITS = 9;

    static JsonPointer of(@Nullable Object text) {
        if (!(text instanceof String path) || !(path.isEmpty() || path.startsWith("/"))) {
            throw JsonPatch.rejected();
        }
        return new JsonPointer(
                Stream.of(path.split("/", -1)).skip(1).map(JsonPointer::unescaped).toList());
    }

    boolean isRoot() {
        return tokens.isEmpty();
    }

    String last() {
        return tokens.getLast();
    }

    /// The container that holds the place.
    @Nullable Object parentIn(@Nullable Object document) {
        return in(document, tokens.subList(0, tokens.size() - 1));
    }

    /// The value at the place, which must exist.
    @Nullable Object in(@Nullable Object document) {
        return in(document, tokens);
    }

    /// The value at the place; null too where the last step leads nowhere.
    @Nullable Object find(@Nullable Object document) {
        if (!isRoot() && parentIn(document) instanceof Map<?, ?> map) {
            return map.get(last());
        }
        return in(document);
    }

    /// The last step as an index of an item that exists.
    int index(List<?> list) {
        return index(last(), list.size());
    }

    /// The last step as an index to insert at; `-` and `-1` are the end.
    int insertionIndex(List<?> list) {
        return last().equals("-") ? list.size() : index(last(), list.size() + 1);
    }

    private static @Nullable Object in(@Nullable Object document, List<String> steps) {
        var here = document;
        for (var step : steps) {
            here =
                    switch (here) {
                        case Map<?, ?> map when map.containsKey(step) -> map.get(step);
                        case List<?> list -> list.get(index(step, list.size()));
                        case null, default -> throw JsonPatch.rejected();
                    };
        }
        return here;
    }

    /// @param places how many there are to choose from
    private static int index(String step, int places) {
        if (step.length() > MAX_INDEX_DIGITS || !step.matches("[+-]?[0-9]+")) {
            throw JsonPatch.rejected();
        }
        var number = Integer.parseInt(step);
        var index = number < 0 ? number + places : number;
        if (index < 0 || index >= places) {
            throw JsonPatch.rejected();
        }
        return index;
    }

    private static String unescaped(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }
}
