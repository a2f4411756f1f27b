package dev.slipway.cluster.workload;

import dev.slipway.cluster.simulation.Digest;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The pod template of a workload.
///
/// @param tree `metadata` and `spec`
record Template(Map<String, Object> tree) {
    static final String HASH = "pod-template-hash";

    /// The template in the spec of a workload.
    static Template of(Map<String, Object> spec) {
        return new Template(Json.object(spec, "template"));
    }

    /// What tells this template from others: the same whatever order its keys are in.
    ///
    /// @param collisions how often the name was taken by another template
    String hash(long collisions) {
        return Digest.name(Json.text(sorted(tree)) + (collisions == 0 ? "" : collisions));
    }

    /// Whether another is the same, but for the label that tells replica sets apart.
    boolean isSame(Template other) {
        return without(HASH).equals(other.without(HASH));
    }

    Map<String, Object> labels() {
        return Json.object(Json.object(tree, "metadata"), "labels");
    }

    Map<String, Object> annotations() {
        return Json.object(Json.object(tree, "metadata"), "annotations");
    }

    /// The same template with one more label.
    Map<String, Object> with(String label, String value) {
        var copy = Json.copy(tree);
        Json.child(Json.child(copy, "metadata"), "labels").put(label, value);
        return copy;
    }

    private Map<String, Object> without(String label) {
        var copy = Json.copy(tree);
        var metadata = Json.child(copy, "metadata");
        Json.child(metadata, "labels").remove(label);
        metadata.remove("creationTimestamp");
        return copy;
    }

    private static @Nullable Object sorted(@Nullable Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> {
                Map<String, Object> sorted = new LinkedHashMap<>();
                new TreeMap<>(Json.cast(map))
                        .forEach((key, value) -> Json.put(sorted, key, sorted(value)));
                yield sorted;
            }
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>();
                list.forEach(one -> copy.add(sorted(one)));
                yield copy;
            }
            case null, default -> tree;
        };
    }
}
