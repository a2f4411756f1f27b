package dev.slipway.kernel.resources;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Autoscalers as `autoscaling/v1` knows them: one share of the processors is a field of its own, and what else there
/// is lies in annotations, so that nothing is lost on the way there and back.
record AutoscalersView() implements SecondView {
    private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
    private static final String TARGET = "targetCPUUtilizationPercentage";
    private static final String CURRENT = "currentCPUUtilizationPercentage";

    /// A field of `spec` or `status` that has no place here but in an annotation.
    private record Hidden(String part, String field, String annotation) {}

    private static final List<Hidden> HIDDEN =
            List.of(
                    new Hidden("spec", "metrics", "metrics"),
                    new Hidden("spec", "behavior", "behavior"),
                    new Hidden("status", "currentMetrics", "current-metrics"),
                    new Hidden("status", "conditions", "conditions"));

    @Override
    public Resource shown(Resource stored) {
        take(stored, "spec", "metrics", "target", TARGET);
        take(stored, "status", "currentMetrics", "current", CURRENT);
        HIDDEN.forEach(hidden -> hide(stored, hidden));
        return stored;
    }

    @Override
    public Resource stored(Resource shown) {
        HIDDEN.forEach(hidden -> reveal(shown, hidden));
        give(shown, "spec", "metrics", "target", TARGET);
        give(shown, "status", "currentMetrics", "current", CURRENT);
        return shown;
    }

    @Override
    public String storedField(String shown) {
        return shown;
    }

    /// Makes a field of the first metric that is a share of the processors.
    private static void take(Resource object, String part, String list, String side, String field) {
        if (!(object.tree().get(part) instanceof Map<?, ?> found)) {
            return;
        }
        var owner = Json.cast(found);
        var metrics = new ArrayList<>(Json.list(owner, list));
        for (var metric : List.copyOf(metrics)) {
            var share = share(metric, side);
            if (share.isPresent()) {
                owner.put(field, share.get());
                metrics.remove(metric);
                break;
            }
        }
        if (metrics.isEmpty()) {
            owner.remove(list);
        } else {
            owner.put(list, metrics);
        }
    }

    private static Optional<Object> share(Object metric, String side) {
        return "Resource".equals(Json.at(metric, "type"))
                        && "cpu".equals(Json.at(metric, "resource", "name"))
                ? Optional.ofNullable(Json.at(metric, "resource", side, "averageUtilization"))
                : Optional.empty();
    }

    private static void give(Resource object, String part, String list, String side, String field) {
        if (!(object.tree().get(part) instanceof Map<?, ?> found) || found.get(field) == null) {
            return;
        }
        var owner = Json.cast(found);
        var amount = new LinkedHashMap<String, Object>();
        if (side.equals("target")) {
            amount.put("type", "Utilization");
        }
        amount.put("averageUtilization", owner.remove(field));
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("name", "cpu");
        resource.put(side, amount);
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("type", "Resource");
        metric.put("resource", resource);
        var metrics = new ArrayList<Object>();
        metrics.add(metric);
        metrics.addAll(Json.list(owner, list));
        owner.put(list, metrics);
    }

    private static void hide(Resource object, Hidden hidden) {
        if (object.tree().get(hidden.part()) instanceof Map<?, ?> part) {
            var value = Json.cast(part).remove(hidden.field());
            if (value != null) {
                var metadata = Json.child(object.tree(), "metadata");
                Json.child(metadata, "annotations")
                        .put(PREFIX + hidden.annotation(), Json.text(value));
            }
        }
    }

    /// An annotation that cannot be read stays what it is.
    private static void reveal(Resource object, Hidden hidden) {
        if (!(object.metadata().get("annotations") instanceof Map<?, ?> found)) {
            return;
        }
        var annotations = Json.cast(found);
        if (annotations.get(PREFIX + hidden.annotation()) instanceof String text) {
            try {
                var value = Json.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                Json.put(Json.child(object.tree(), hidden.part()), hidden.field(), value);
                annotations.remove(PREFIX + hidden.annotation());
            } catch (MalformedException _) {
                return;
            }
        }
        if (annotations.isEmpty()) {
            object.metadata().remove("annotations");
        }
    }
}
