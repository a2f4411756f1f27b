package dev.slipway.kernel.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The shape of one value: a node of a structural schema, for built-in kinds and for those of CRDs alike.
///
/// Immutable and shared. Recursion (JSONSchemaProps in CRDs) is broken by an open object. `raw` keeps every keyword
/// as it was written (`oneOf`, `x-kubernetes-validations`, descriptions, …), so that nothing is lost when the
/// schema is served again; the other components are what the machinery reads often.
///
/// @param type `object`, `array`, `string`, `integer`, `number`, `boolean`, or empty where any or int-or-string
/// @param format as in OpenAPI (`int32`, `date-time`, `byte`, …), else empty
/// @param properties the declared fields of an object
/// @param additionalProperties the shape of a map's values, for objects that are maps
/// @param items the shape of an array's items
/// @param required the fields that must be there
/// @param enumeration the allowed values; empty when any
/// @param defaultValue what an absent field gets; empty when nothing
/// @param nullable whether null is a value
/// @param preserveUnknown whether undeclared fields are kept
/// @param intOrString whether both integers and strings are values
/// @param embedded whether the value is a resource of its own (`x-kubernetes-embedded-resource`)
/// @param list how items of an array are told apart when two writers meet
/// @param listMapKeys the key fields of a [ListType#MAP] list
/// @param atomicMap whether an object is one leaf of ownership
/// @param patchStrategy `merge`, `replace`, `retainKeys` or `merge,retainKeys` of strategic merge patches, else empty
/// @param patchMergeKey the key of strategic merge patches, else empty
/// @param constrained whether `raw` asks anything of values besides their type: a length, a pattern, alternatives, …
public record Schema(
        String type,
        String format,
        Map<String, Schema> properties,
        Optional<Schema> additionalProperties,
        Optional<Schema> items,
        List<String> required,
        List<Object> enumeration,
        Optional<Object> defaultValue,
        boolean nullable,
        boolean preserveUnknown,
        boolean intOrString,
        boolean embedded,
        ListType list,
        List<String> listMapKeys,
        boolean atomicMap,
        String patchStrategy,
        String patchMergeKey,
        boolean constrained,
        Map<String, Object> raw) {
    /// How the items of an array are told apart when two writers meet.
    public enum ListType {
        ATOMIC,
        SET,
        MAP
    }

    /// What tells the items of an array apart, whose order then says nothing: some of their fields, or without names all
    /// that they are; empty where the order counts.
    public Optional<List<String>> distinguishedBy() {
        return list == ListType.ATOMIC ? Optional.empty() : Optional.of(listMapKeys);
    }

    /// A value of which nothing is known: everything is kept.
    public static final Schema ANY =
            new Schema(
                    "",
                    "",
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    true,
                    true,
                    false,
                    false,
                    ListType.ATOMIC,
                    List.of(),
                    false,
                    "",
                    "",
                    false,
                    Map.of("x-kubernetes-preserve-unknown-fields", true));

    public Schema {
        properties =
                java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(properties));
        required = List.copyOf(required);
        enumeration = List.copyOf(enumeration);
        listMapKeys = List.copyOf(listMapKeys);
    }

    /// The schema of a declared field, or null.
    public @Nullable Schema property(String name) {
        return properties.get(name);
    }

    /// Whether this is an object whose keys are data: labels, not fields.
    public boolean isMap() {
        return additionalProperties.isPresent();
    }

    /// Whether the value is an object of fields or of keys.
    public boolean isObject() {
        return type.equals("object") || !properties.isEmpty() || isMap();
    }

    public boolean isArray() {
        return type.equals("array");
    }

    /// A number or a boolean keyword's raw value (`minimum`, `maxLength`, `pattern`, …), or null.
    public @Nullable Object keyword(String name) {
        return raw.get(name);
    }
}
