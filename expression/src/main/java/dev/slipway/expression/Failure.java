package dev.slipway.expression;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An evaluation that gave no result; decides whether waiting for data can help.
final class Failure {
    private final CelErrorCode code;
    private final String message;

    Failure(CelEvaluationException cause) {
        code = cause.getErrorCode();
        message =
                String.valueOf(cause.getMessage())
                        .replaceFirst("^evaluation error(?: at [^:]*:\\d+)?: ", "");
    }

    /// What to tell the caller, who had `data` for the `references` of the expression.
    Value value(List<Reference> references, Map<String, ? extends @Nullable Object> data) {
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND -> absent(references, data);
            case INDEX_OUT_OF_BOUNDS ->
                    new Value.Missing(firstAbsent(references, data).orElse(""), message);
            case ITERATION_BUDGET_EXCEEDED ->
                    new Value.Failed(
                            message.replaceFirst(
                                    "^Iteration budget exceeded: ",
                                    "the expression loops more often than the limit of "));
            default -> new Value.Failed(message);
        };
    }

    /// A field of something that has no fields will not appear by waiting; one of null may.
    private Value absent(List<Reference> references, Map<String, ? extends @Nullable Object> data) {
        Optional<String> path = firstAbsent(references, data);
        if (path.isEmpty()
                && message.contains("Field selections must be performed on messages or maps")) {
            return new Value.Failed(message);
        }
        return new Value.Missing(path.orElse(""), path.map(Failure::notThere).orElse(message));
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
