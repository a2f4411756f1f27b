package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads OpenAPI v3, as CRDs and Kubernetes' own documents write it, into schemas.
///
/// Lenient: what a schema may not say is the business of [dev.slipway.kernel.kind.CrdRules]. A keyword of the wrong
/// shape reads as absent, and stays in `raw`.
public final class SchemaReader {
    private final Function<String, Schema> references;

    private SchemaReader(Function<String, Schema> references) {
        this.references = references;
    }

    /// Reads a schema that stands alone, as those of CRDs do; a `$ref` in it is an open object.
    public static Schema read(Map<String, Object> openApi) {
        return read(openApi, _ -> Schema.ANY);
    }

    /// Reads a schema whose `$ref`s, of which `references` is given the last segment, point to other schemas.
    static Schema read(Map<String, Object> openApi, Function<String, Schema> references) {
        return new SchemaReader(references).node(openApi);
    }

    private Schema node(Map<String, Object> raw) {
        if (raw.get("$ref") instanceof String path) {
            return referred(references.apply(path.substring(path.lastIndexOf('/') + 1)), raw);
        }
        var free = intOrString(raw);
        var listType = listType(raw);
        return new Schema(
                free ? "" : Json.string(raw, "type"),
                Json.string(raw, "format"),
                properties(raw),
                additionalProperties(raw),
                child(raw.get("items")),
                texts(raw, "required"),
                raw.containsKey("enum") ? enumeration(raw) : List.of(),
                Optional.ofNullable(raw.get("default")),
                flag(raw, "nullable"),
                flag(raw, "x-kubernetes-preserve-unknown-fields"),
                free,
                flag(raw, "x-kubernetes-embedded-resource"),
                listType,
                listType == Schema.ListType.MAP ? listMapKeys(raw) : List.of(),
                Json.string(raw, "x-kubernetes-map-type").equals("atomic"),
                Json.string(raw, "x-kubernetes-patch-strategy"),
                Json.string(raw, "x-kubernetes-patch-merge-key"),
                raw.keySet().stream().anyMatch(CONSTRAINTS::contains),
                raw);
    }

    private static final Set<String> CONSTRAINTS =
            Set.of(
                    "allOf",
                    "anyOf",
                    "oneOf",
                    "not",
                    "pattern",
                    "minLength",
                    "maxLength",
                    "minimum",
                    "maximum",
                    "multipleOf",
                    "minItems",
                    "maxItems",
                    "minProperties",
                    "maxProperties");

    private static List<Object> enumeration(Map<String, Object> raw) {
        return Json.list(raw, "enum").stream().filter(Objects::nonNull).toList();
    }

    /// What is written beside a reference adds to, or replaces, what it refers to.
    private Schema referred(Schema target, Map<String, Object> raw) {
        if (raw.size() == 1) {
            return target;
        }
        Map<String, Object> merged = new LinkedHashMap<>(target.raw());
        raw.forEach((key, value) -> {
            if (!key.equals("$ref")) {
                Json.put(merged, key, value);
            }
        });
        return node(merged);
    }

    private Map<String, Schema> properties(Map<String, Object> raw) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        Json.object(raw, "properties")
                .forEach((name, value) -> properties.put(name, child(value).orElse(Schema.ANY)));
        return properties;
    }

    private Optional<Schema> additionalProperties(Map<String, Object> raw) {
        var values = raw.get("additionalProperties");
        return Boolean.TRUE.equals(values) ? Optional.of(Schema.ANY) : child(values);
    }

    private Optional<Schema> child(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Map<?, ?> map
                ? Optional.of(node(Json.cast(map)))
                : Optional.empty();
    }

    /// Declared as such, or as the pair of types that Kubernetes' own documents write.
    private static boolean intOrString(Map<String, Object> raw) {
        return flag(raw, "x-kubernetes-int-or-string")
                || (raw.containsKey("oneOf") && NUMBER_OR_TEXT.contains(oneOf(raw)));
    }

    private static final Set<Set<String>> NUMBER_OR_TEXT =
            Set.of(Set.of("integer", "string"), Set.of("number", "string"));

    private static Set<String> oneOf(Map<String, Object> raw) {
        return Json.list(raw, "oneOf").stream()
                .flatMap(one -> one instanceof Map<?, ?> map ? Stream.of(map) : Stream.of())
                .filter(map -> map.size() == 1)
                .map(map -> Json.string(Json.cast(map), "type"))
                .collect(java.util.stream.Collectors.toSet());
    }

    /// As declared; else, as for older built-in kinds, what the patch strategy amounts to.
    private static Schema.ListType listType(Map<String, Object> raw) {
        return switch (Json.string(raw, "x-kubernetes-list-type")) {
            case "map" -> Schema.ListType.MAP;
            case "set" -> Schema.ListType.SET;
            case "" -> {
                if (!Json.string(raw, "type").equals("array") || !merges(raw)) {
                    yield Schema.ListType.ATOMIC;
                }
                yield mergeKey(raw).isEmpty() ? Schema.ListType.SET : Schema.ListType.MAP;
            }
            default -> Schema.ListType.ATOMIC;
        };
    }

    private static List<String> listMapKeys(Map<String, Object> raw) {
        var keys = texts(raw, "x-kubernetes-list-map-keys");
        return keys.isEmpty() && !mergeKey(raw).isEmpty() ? List.of(mergeKey(raw)) : keys;
    }

    private static boolean merges(Map<String, Object> raw) {
        return Json.string(raw, "x-kubernetes-patch-strategy").contains("merge");
    }

    private static String mergeKey(Map<String, Object> raw) {
        return Json.string(raw, "x-kubernetes-patch-merge-key");
    }

    private static boolean flag(Map<String, Object> raw, String key) {
        return Boolean.TRUE.equals(raw.get(key));
    }

    private static List<String> texts(Map<String, Object> raw, String key) {
        if (!raw.containsKey(key)) {
            return List.of();
        }
        return Json.list(raw, key).stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }
}
