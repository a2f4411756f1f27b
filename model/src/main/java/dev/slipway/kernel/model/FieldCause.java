package dev.slipway.kernel.model;

import java.util.Objects;
import java.util.Optional;

/// Why one field was refused.
///
/// @param reason a Kubernetes cause type: `FieldValueInvalid`, `FieldValueRequired`, `FieldValueNotSupported`, …
/// @param field the path of the field: `spec.containers[0].image`
/// @param message what is wrong, with the value, without the path
/// @param spot where in the value it is wrong, where that is known
public record FieldCause(String reason, String field, String message, Optional<Spot> spot) {
    public FieldCause {
        Objects.requireNonNull(reason);
        Objects.requireNonNull(field);
        Objects.requireNonNull(message);
        Objects.requireNonNull(spot);
    }

    public FieldCause(String reason, String field, String message) {
        this(reason, field, message, Optional.empty());
    }

    /// The same about one place in the value.
    public FieldCause at(Spot place) {
        return new FieldCause(reason, field, message, Optional.of(place));
    }

    /// The message with the line that is wrong and a caret under the place, where that is known.
    public String shown() {
        return message + spot.map(Spot::excerpt).orElse("");
    }

    /// A value that breaks a rule: `Invalid value: "x": detail`.
    public static FieldCause invalid(String field, Object value, String detail) {
        return new FieldCause(
                "FieldValueInvalid", field, "Invalid value: " + Json.text(value) + ": " + detail);
    }

    /// A field that must be there.
    public static FieldCause required(String field, String detail) {
        return new FieldCause(
                "FieldValueRequired",
                field,
                detail.isEmpty() ? "Required value" : "Required value: " + detail);
    }

    /// A field that must not be there, or not be changed.
    public static FieldCause forbidden(String field, String detail) {
        return new FieldCause("FieldValueForbidden", field, "Forbidden: " + detail);
    }

    /// A value of the wrong JSON type.
    public static FieldCause type(String field, Object value, String detail) {
        return new FieldCause(
                "FieldValueTypeInvalid",
                field,
                "Invalid value: " + Json.text(value) + ": " + detail);
    }

    /// A value outside a closed set.
    public static FieldCause notSupported(String field, Object value, Iterable<String> supported) {
        var list = new java.util.StringJoiner(", ");
        supported.forEach(one -> list.add(Json.text(one)));
        return new FieldCause(
                "FieldValueNotSupported",
                field,
                "Unsupported value: " + Json.text(value) + ": supported values: " + list);
    }

    /// `path: message`, as lists of errors print it.
    @Override
    public String toString() {
        return field.isEmpty() ? message : field + ": " + message;
    }
}
