package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.schema.Schema;
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
    private static final String PASSWORD = "password";
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final boolean secret;
    private final List<Schema> confidential;

    private Redaction(boolean secret, List<Schema> confidential) {
        this.secret = secret;
        this.confidential = confidential;
    }

    /// What is hidden of a kind's objects, whatever version they are in.
    public static Redaction of(Kind kind) {
        return new Redaction(
                kind.key().equals(SECRETS),
                kind.versions().stream()
                        .map(KindVersion::schema)
                        .filter(Redaction::hasPassword)
                        .toList());
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
