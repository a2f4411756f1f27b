package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.schema.Schema;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What nobody may read of a kind's objects where their past is told: in history, differences, logs and errors.
///
/// These are the values of a Secret's `data` and `stringData`, the fields whose schema in any version says
/// `format: password`, and, of kinds that have either, the copies of them that clients keep in annotations. Keys stay,
/// so that it can be told that a value changed. Immutable; made once per kind and kept.
public final class Redaction {
    /// What stands in the place of a value.
    public static final String HIDDEN = "(hidden)";

    private static final KindKey SECRETS = KindKey.of("", "secrets");
    private static final List<String> SECRET_FIELDS = List.of("data", "stringData");
    private static final List<String> NAMES = List.of("apiVersion", "kind", "metadata");
    private static final String PASSWORD = "password";
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /// How many kinds are remembered, so that a write need not look through a schema.
    private static final int MAX_REMEMBERED = 4_096;

    private static final Map<Kind, Redaction> REMEMBERED =
            Collections.synchronizedMap(new IdentityHashMap<>());

    private final boolean secret;
    private final List<Schema> confidential;

    /// Where what field selectors may ask for lies.
    private final List<List<String>> selectable;

    private Redaction(Kind kind) {
        this.secret = kind.key().equals(SECRETS);
        this.confidential =
                kind.versions().stream()
                        .map(KindVersion::schema)
                        .filter(Redaction::hasPassword)
                        .toList();
        this.selectable =
                kind.versions().stream()
                        .flatMap(version -> version.selectableFields().stream())
                        .map(path -> List.of(path.replaceFirst("^\\.", "").split("\\.", -1)))
                        .distinct()
                        .toList();
    }

    /// What is hidden of a kind's objects, whatever version they are in.
    public static Redaction of(Kind kind) {
        var known = REMEMBERED.get(kind);
        if (known != null) {
            return known;
        }
        if (REMEMBERED.size() >= MAX_REMEMBERED) {
            REMEMBERED.clear();
        }
        var redaction = new Redaction(kind);
        REMEMBERED.put(kind, redaction);
        return redaction;
    }

    /// Whether there is anything to hide.
    public boolean hides() {
        return secret || !confidential.isEmpty();
    }

    /// The object without what is hidden; the tree itself where that is nothing, else a copy.
    public Map<String, Object> redacted(Map<String, Object> tree) {
        if (!hides()) {
            return tree;
        }
        var copy = Json.copy(tree);
        for (var schema : confidential) {
            hideFields(copy, schema);
        }
        if (secret) {
            SECRET_FIELDS.forEach(field -> hideValues(copy, field));
        }
        hideCopies(copy);
        return copy;
    }

    /// What may stay of an object that is deleted: its metadata without what clients keep of the content in it, and what
    /// selectors ask for; the tree itself where nothing is hidden.
    public Map<String, Object> remains(Map<String, Object> tree) {
        if (!hides()) {
            return tree;
        }
        var redacted = redacted(tree);
        var remains = new LinkedHashMap<>(redacted);
        remains.keySet().retainAll(NAMES);
        if (remains.get("metadata") instanceof Map<?, ?> metadata) {
            metadata.remove("managedFields");
            if (metadata.get("annotations") instanceof Map<?, ?> annotations) {
                annotations.remove(LAST_APPLIED);
            }
        }
        selectable.forEach(path -> keep(path, redacted, remains));
        return remains;
    }

    private static void keep(
            List<String> path, Map<String, Object> from, Map<String, Object> into) {
        var value = from.get(path.getFirst());
        if (path.size() > 1 && value instanceof Map<?, ?> inner) {
            var kept = new LinkedHashMap<>(Json.object(into, path.getFirst()));
            keep(path.subList(1, path.size()), Json.cast(inner), kept);
            into.put(path.getFirst(), kept);
        } else if (value instanceof String || value instanceof Long || value instanceof Boolean) {
            into.put(path.getFirst(), value);
        }
    }

    private static boolean hasPassword(Schema schema) {
        return schema.format().equals(PASSWORD)
                || schema.properties().values().stream().anyMatch(Redaction::hasPassword)
                || schema.additionalProperties().filter(Redaction::hasPassword).isPresent()
                || schema.items().filter(Redaction::hasPassword).isPresent();
    }

    private static void hideValues(Map<String, Object> tree, String field) {
        if (tree.get(field) instanceof Map<?, ?> map) {
            Json.cast(map).replaceAll((_, _) -> HIDDEN);
        } else if (tree.containsKey(field)) {
            tree.put(field, HIDDEN);
        }
    }

    private static void hideCopies(Map<String, Object> tree) {
        var metadata = Json.object(tree, "metadata");
        if (metadata.get("annotations") instanceof Map<?, ?> annotations) {
            Json.cast(annotations).computeIfPresent(LAST_APPLIED, (_, _) -> HIDDEN);
        }
    }

    /// Hides what lies in a value; the value itself is its container's to hide.
    private static void hideFields(@Nullable Object value, Schema schema) {
        switch (value) {
            case Map<?, ?> map -> hideMembers(Json.cast(map), schema);
            case List<?> list ->
                    schema.items()
                            .ifPresent(items ->
                                    Json.castList(list).replaceAll(item -> hidden(item, items)));
            case null, default -> {}
        }
    }

    private static void hideMembers(Map<String, Object> map, Schema schema) {
        for (var member : new LinkedHashMap<>(map).entrySet()) {
            var declared = schema.property(member.getKey());
            var shape = declared == null ? schema.additionalProperties().orElse(null) : declared;
            if (shape != null) {
                Json.put(map, member.getKey(), hidden(member.getValue(), shape));
            }
        }
    }

    private static @Nullable Object hidden(@Nullable Object value, Schema schema) {
        if (schema.format().equals(PASSWORD) && value != null) {
            return HIDDEN;
        }
        hideFields(value, schema);
        return value;
    }
}
