package dev.slipway.graph.compile;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds in a new schema of a kind what instances that were right may break on.
///
/// Used once, by one thread.
public final class BreakingChanges {
    /// The annotation of a definition whose author accepts them.
    public static final String ALLOW = "kro.run/allow-breaking-changes";

    private static final List<String> LOWER_BOUNDS = List.of("minimum", "minLength", "minItems");
    private static final List<String> UPPER_BOUNDS = List.of("maximum", "maxLength", "maxItems");

    private final List<FieldCause> causes = new ArrayList<>();

    private BreakingChanges() {}

    /// All of them, each with the path of its field in the definition.
    ///
    /// @param before the custom resource definition that is served
    /// @param after the one that would be
    public static List<FieldCause> between(Map<String, Object> before, Map<String, Object> after) {
        var changes = new BreakingChanges();
        changes.compare(schema(before, "spec"), schema(after, "spec"), "spec.schema.spec");
        changes.compare(authors(before), authors(after), "spec.schema.status");
        return changes.causes;
    }

    /// The status without what no author writes: kro's kinds, and those of earlier times, have it in another shape.
    private static Map<String, Object> authors(Map<String, Object> crd) {
        var status = Json.copy(schema(crd, "status"));
        if (!status.isEmpty()) {
            Json.child(status, "properties").keySet().removeAll(List.of("conditions", "state"));
        }
        return status;
    }

    private static Map<String, Object> schema(Map<String, Object> crd, String part) {
        var versions = Json.list(Json.object(crd, "spec"), "versions");
        return versions.isEmpty()
                ? Map.of()
                : object(
                        Json.at(
                                versions.getFirst(),
                                "schema",
                                "openAPIV3Schema",
                                "properties",
                                part));
    }

    private void compare(Map<String, Object> before, Map<String, Object> after, String path) {
        if (before.isEmpty()) {
            return;
        }
        if (!Json.string(before, "type").equals(Json.string(after, "type"))) {
            tell(
                    path,
                    "the type changes from %s to %s"
                            .formatted(Json.string(before, "type"), Json.string(after, "type")));
            return;
        }
        compareProperties(before, after, path);
        compareRequired(before, after, path);
        compareValues(before, after, path);
        compare(Json.object(before, "items"), Json.object(after, "items"), path + "[]");
        compare(
                Json.object(before, "additionalProperties"),
                Json.object(after, "additionalProperties"),
                path + "[*]");
    }

    private void compareProperties(
            Map<String, Object> before, Map<String, Object> after, String path) {
        var now = Json.object(after, "properties");
        var open = Boolean.TRUE.equals(after.get("x-kubernetes-preserve-unknown-fields"));
        Json.object(before, "properties")
                .forEach((name, schema) -> {
                    if (now.containsKey(name)) {
                        compare(object(schema), object(now.get(name)), path + "." + name);
                    } else if (!open) {
                        tell(path + "." + name, "the field is removed");
                    }
                });
    }

    private void compareRequired(
            Map<String, Object> before, Map<String, Object> after, String path) {
        for (var name : Json.list(after, "required")) {
            var had = Json.at(before, "properties", String.valueOf(name), "default") != null;
            var has = Json.at(after, "properties", String.valueOf(name), "default") != null;
            if (!Json.list(before, "required").contains(name) && !has) {
                tell(path + "." + name, "the field becomes required");
            } else if (had && !has) {
                tell(path + "." + name, "the default of a required field is removed");
            }
        }
    }

    private void compareValues(Map<String, Object> before, Map<String, Object> after, String path) {
        var allowed = Json.list(after, "enum");
        if (!allowed.isEmpty()) {
            var lost = new HashSet<>(Json.list(before, "enum"));
            allowed.forEach(lost::remove);
            if (!lost.isEmpty() || Json.list(before, "enum").isEmpty()) {
                tell(path, "fewer values are allowed than before");
            }
        }
        var pattern = after.get("pattern");
        if (pattern != null && !Objects.equals(pattern, before.get("pattern"))) {
            tell(path, "the pattern is added or changed");
        }
        LOWER_BOUNDS.forEach(bound -> compareBound(before, after, path, bound, 1));
        UPPER_BOUNDS.forEach(bound -> compareBound(before, after, path, bound, -1));
    }

    /// @param direction 1 where a greater bound is tighter, -1 where a smaller one is
    private void compareBound(
            Map<String, Object> before,
            Map<String, Object> after,
            String path,
            String bound,
            int direction) {
        if (after.get(bound) instanceof Number now
                && (!(before.get(bound) instanceof Number then)
                        || Double.compare(now.doubleValue(), then.doubleValue()) * direction > 0)) {
            tell(path, bound + " is added or tightened");
        }
    }

    private void tell(String path, String change) {
        causes.add(
                FieldCause.forbidden(
                        path,
                        "breaking change: %s; instances may rely on it; the annotation %s: \"true\" allows it"
                                .formatted(change, ALLOW)));
    }

    private static Map<String, Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? Json.cast(map) : Map.of();
    }
}
