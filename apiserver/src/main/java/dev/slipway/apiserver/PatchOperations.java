package dev.slipway.apiserver;

import dev.slipway.apiserver.wire.Bodies;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.resources.Strictness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the operations of a JSON patch look like, before one of them is carried out.
final class PatchOperations {
    private static final List<String> TEXTS = List.of("op", "path", "from");
    private static final Set<String> KNOWN = Set.of("op", "path", "from", "value");

    private PatchOperations() {}

    /// Refuses operations that are none, and unknown fields where the request is strict.
    ///
    /// @return the warnings about unknown fields
    static List<String> check(List<Object> operations, Strictness strictness) {
        var unknown = new ArrayList<String>();
        for (int i = 0; i < operations.size(); i++) {
            switch (operations.get(i)) {
                case Map<?, ?> operation -> check(Json.cast(operation), i, unknown);
                case null -> {}
                case Object other -> throw notA(other, "value of type handlers.jsonPatchOp");
            }
        }
        if (strictness == Strictness.STRICT && !unknown.isEmpty()) {
            throw Problem.badRequest("strict decoding error: " + String.join(", ", unknown))
                    .exception();
        }
        return strictness == Strictness.WARN ? unknown : List.of();
    }

    private static void check(Map<String, Object> operation, int place, List<String> unknown) {
        for (var field : TEXTS) {
            if (operation.get(field) != null && !(operation.get(field) instanceof String)) {
                throw notA(
                        operation.get(field),
                        "struct field jsonPatchOp.%s of type string".formatted(field));
            }
        }
        operation.keySet().stream()
                .filter(field -> !KNOWN.contains(field))
                .map(field -> "json patch unknown field \"[%d].%s\"".formatted(place, field))
                .forEach(unknown::add);
    }

    private static RuntimeException notA(Object value, String wanted) {
        return Problem.badRequest(
                        "error decoding patch: json: cannot unmarshal %s into Go %s"
                                .formatted(Bodies.type(value), wanted))
                .exception();
    }
}
