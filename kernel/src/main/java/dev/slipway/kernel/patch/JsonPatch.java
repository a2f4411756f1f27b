package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON patches (RFC 6902): operations on a document, all of them or none.
///
/// Two leniencies are what Kubernetes clients know: `replace` of a missing key adds it, and a missing `value` is null.
public final class JsonPatch {
    /// How many operations one patch may have.
    public static final int MAX_OPERATIONS = 10_000;

    /// How many bytes the `copy` operations of one patch may add together, so that doubling ends.
    public static final int MAX_COPIED_BYTES = 3 * 1024 * 1024;

    private @Nullable Object document;
    private long copied;

    private JsonPatch(@Nullable Object document) {
        this.document = document;
    }

    /// The document after all operations; throws a [ProblemException] if one of them fails.
    public static @Nullable Object apply(@Nullable Object document, List<Object> operations) {
        if (operations.size() > MAX_OPERATIONS) {
            throw tooLarge(
                    "The allowed maximum operations in a JSON patch is %d, got %d"
                            .formatted(MAX_OPERATIONS, operations.size()));
        }
        var patch = new JsonPatch(Json.copy(document));
        operations.forEach(patch::operate);
        return patch.document;
    }

    private void operate(@Nullable Object operation) {
        if (!(operation instanceof Map<?, ?> fields)) {
            throw rejected();
        }
        var path = JsonPointer.of(fields.get("path"));
        switch (Json.string(Json.cast(fields), "op")) {
            case "add" -> add(path, Json.copy(fields.get("value")));
            case "remove" -> remove(path);
            case "replace" -> replace(path, Json.copy(fields.get("value")));
            case "move" -> move(JsonPointer.of(fields.get("from")), path);
            case "copy" -> add(path, copyOf(JsonPointer.of(fields.get("from"))));
            case "test" -> test(path, fields.get("value"));
            default -> throw rejected();
        }
    }

    private void add(JsonPointer path, @Nullable Object value) {
        if (path.isRoot()) {
            document = value;
            return;
        }
        switch (path.parentIn(document)) {
            case Map<?, ?> map -> Json.put(Json.cast(map), path.last(), value);
            case List<?> list -> insert(Json.castList(list), path.insertionIndex(list), value);
            case null, default -> throw rejected();
        }
    }

    private void remove(JsonPointer path) {
        switch (path.isRoot() ? null : path.parentIn(document)) {
            case Map<?, ?> map when map.containsKey(path.last()) -> map.remove(path.last());
            case List<?> list -> list.remove(path.index(list));
            case null, default -> throw rejected();
        }
    }

    private void replace(JsonPointer path, @Nullable Object value) {
        if (!path.isRoot() && path.parentIn(document) instanceof List<?> list) {
            set(Json.castList(list), path.index(list), value);
        } else {
            add(path, value);
        }
    }

    private void move(JsonPointer from, JsonPointer path) {
        var value = from.in(document);
        remove(from);
        add(path, value);
    }

    private @Nullable Object copyOf(JsonPointer from) {
        var value = from.in(document);
        copied += Json.write(value).length;
        if (copied > MAX_COPIED_BYTES) {
            throw tooLarge(
                    "The copy operations of a JSON patch may add %d bytes at most"
                            .formatted(MAX_COPIED_BYTES));
        }
        return Json.copy(value);
    }

    private void test(JsonPointer path, @Nullable Object value) {
        if (!Trees.equal(path.find(document), value)) {
            throw rejected();
        }
    }

    /// Lists of a tree hold nulls, which their type does not say.
    @SuppressWarnings("NullAway")
    private static void insert(List<Object> list, int index, @Nullable Object value) {
        list.add(index, value);
    }

    @SuppressWarnings("NullAway")
    private static void set(List<Object> list, int index, @Nullable Object value) {
        list.set(index, value);
    }

    static ProblemException rejected() {
        return Problem.of(
                        Problem.Reason.INVALID,
                        "the server rejected our request due to an error in our request")
                .exception();
    }

    private static ProblemException tooLarge(String detail) {
        return Problem.of(Problem.Reason.TOO_LARGE, "Request entity too large: " + detail)
                .exception();
    }
}
