package dev.slipway.expression;

import dev.slipway.expression.program.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An evaluation that gave no result; decides whether waiting for data can help.
final class Failure {
    private Failure() {}

    /// What to tell the caller, who had `data` for the `references` of the expression.
    static Value value(
            Fault fault, List<Reference> references, Map<String, ? extends @Nullable Object> data) {
        Optional<String> absent = firstAbsent(references, data);
        return switch (fault.code()) {
            case ATTRIBUTE_NOT_FOUND ->
                    new Value.Missing(
                            absent.orElse(""),
                            absent.map(Failure::notThere).orElse(fault.message()));
            case INDEX_OUT_OF_BOUNDS -> new Value.Missing(absent.orElse(""), fault.message());
            default -> new Value.Failed(fault.message());
        };
    }

    private static String notThere(String path) {
        return path + " is not there yet";
    }

    private static Optional<String> firstAbsent(
            List<Reference> references, Map<String, ? extends @Nullable Object> data) {
        return references.stream()
                .map(reference -> absentPart(reference, data))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> absentPart(
            Reference reference, Map<String, ? extends @Nullable Object> data) {
        List<String> walked = new ArrayList<>();
        Object here = data.get(reference.root());
        for (String field : reference.path()) {
            if (here == null) {
                break;
            }
            if (!(here instanceof Map<?, ?> map)) {
                return Optional.empty();
            }
            walked.add(field);
            here = map.get(map.containsKey(field) ? field : EscapedName.plain(field));
        }
        return here == null
                ? Optional.of(new Reference(reference.root(), walked).toString())
                : Optional.empty();
    }
}
