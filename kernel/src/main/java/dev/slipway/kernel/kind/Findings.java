package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a check of one object has found so far, in Kubernetes' words; belongs to one thread.
final class Findings {
    private final List<FieldCause> causes = new ArrayList<>();

    List<FieldCause> all() {
        return List.copyOf(causes);
    }

    void addAll(Collection<FieldCause> found) {
        causes.addAll(found);
    }

    void required(String field) {
        required(field, "");
    }

    void required(String field, String detail) {
        causes.add(FieldCause.required(field, detail));
    }

    void forbidden(String field, String detail) {
        causes.add(FieldCause.forbidden(field, detail));
    }

    void invalid(String field, @Nullable Object value, String detail) {
        add("FieldValueInvalid", field, "Invalid value: " + Json.text(value) + ": " + detail);
    }

    void duplicate(String field, Object value) {
        add("FieldValueDuplicate", field, "Duplicate value: " + Json.text(value));
    }

    void notFound(String field, Object value) {
        add("FieldValueNotFound", field, "Not found: " + Json.text(value));
    }

    void tooLong(String field, long most) {
        add("FieldValueTooLong", field, "Too long: may not be more than " + most + " bytes");
    }

    /// A text that is there must be one of a few.
    void oneOf(String field, @Nullable Object value, List<String> supported) {
        if (value instanceof String text && !supported.contains(text)) {
            causes.add(FieldCause.notSupported(field, text, supported));
        }
    }

    void notSupported(String field, Object value, String... supported) {
        causes.add(FieldCause.notSupported(field, value, List.of(supported)));
    }

    /// A number that is there must not be negative.
    void notNegative(String field, @Nullable Object value) {
        if (value instanceof Long number && number < 0) {
            invalid(field, number, "must be greater than or equal to 0");
        }
    }

    /// A number that is there must be a port's.
    void port(String field, @Nullable Object value) {
        if (value instanceof Long number && (number < 1 || number > 65_535)) {
            invalid(field, number, "must be between 1 and 65535, inclusive");
        }
    }

    /// What an object has must be what it had.
    void unchanged(String field, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            invalid(field, after, "field is immutable");
        }
    }

    /// A problem in words, once for each.
    void invalid(String field, Object value, List<String> problems) {
        problems.forEach(problem -> invalid(field, value, problem));
    }

    private void add(String reason, String field, String message) {
        causes.add(new FieldCause(reason, field, message));
    }
}
