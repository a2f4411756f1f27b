package dev.slipway.graph.compile;

import dev.slipway.graph.findings.Completion;
import dev.slipway.graph.findings.Findings;
import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fills in what a template leaves out and a person clearly means; each completion is told.
///
/// Completed values are templates themselves, so that they are checked and evaluated as if the author had written them.
final class Completions {
    private static final String INSTANCE_NAME = "${schema.metadata.name}";

    /// The name of the instance as a label can hold it: a long one ends in a digest that tells it apart.
    private static final String INSTANCE_LABEL =
            "${size(schema.metadata.name) <= 63 ? schema.metadata.name : '%s-%x'.format("
                    + "[schema.metadata.name.substring(0, 46), hash.fnv64a(schema.metadata.name)])}";

    /// The kinds whose `spec.selector` must match the labels of their pods and is theirs to choose.
    private static final Set<String> SELECTING =
            Set.of(
                    "apps/v1 Deployment",
                    "apps/v1 StatefulSet",
                    "apps/v1 DaemonSet",
                    "apps/v1 ReplicaSet");

    private final Definition definition;
    private final Findings findings;

    Completions(Definition definition, Findings findings) {
        this.definition = definition;
        this.findings = findings;
    }

    /// @param several whether the graph has several nodes of this kind
    NodeSource complete(NodeSource node, boolean several) {
        var template = Json.copy(node.body());
        completeName(node, template, several);
        completeSelector(node, template);
        return node.with(template);
    }

    private void completeName(NodeSource node, Map<String, Object> template, boolean several) {
        var metadata = template.getOrDefault("metadata", Map.of());
        if (!(metadata instanceof Map) || Json.at(metadata, "name") != null) {
            return;
        }
        var name = several ? INSTANCE_NAME + "-" + dashed(node.id()) : INSTANCE_NAME;
        Json.child(template, "metadata").put("name", name);
        told(
                node,
                "metadata.name",
                name,
                several
                        ? "a resource without a name gets that of the instance, with its id because there are"
                                + " several of its kind"
                        : "a resource without a name gets that of the instance");
    }

    /// `web-server` for `webServer`: ids may have capital letters, names may not.
    private static String dashed(String id) {
        return id.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private void completeSelector(NodeSource node, Map<String, Object> template) {
        var kind = Json.string(template, "apiVersion") + " " + Json.string(template, "kind");
        if (!SELECTING.contains(kind) || !(Json.at(template, "spec", "template") instanceof Map)) {
            return;
        }
        var spec = Json.child(template, "spec");
        var labels = Json.at(spec, "template", "metadata", "labels");
        if (spec.get("selector") != null) {
            completeLabels(node, spec, labels);
        } else if (labels == null || labels instanceof Map) {
            Json.child(spec, "selector").put("matchLabels", unique(node));
            told(
                    node,
                    "spec.selector.matchLabels",
                    unique(node),
                    "a selector that matches the pods of this instance only");
            Json.child(Json.child(Json.child(spec, "template"), "metadata"), "labels")
                    .putAll(unique(node));
            told(
                    node,
                    "spec.template.metadata.labels",
                    unique(node),
                    "the labels that the completed selector matches");
        }
    }

    private void completeLabels(
            NodeSource node, Map<String, Object> spec, @Nullable Object labels) {
        if (labels == null && Json.at(spec, "selector", "matchLabels") instanceof Map<?, ?> match) {
            var copy = Json.copy(Json.cast(match));
            Json.child(Json.child(Json.child(spec, "template"), "metadata"), "labels").putAll(copy);
            told(
                    node,
                    "spec.template.metadata.labels",
                    copy,
                    "the labels that the selector matches");
        }
    }

    private Map<String, Object> unique(NodeSource node) {
        Map<String, Object> labels = new LinkedHashMap<>();
        labels.put("slipway.dev/graph", Labels.shortened(definition.name()));
        labels.put("slipway.dev/instance", INSTANCE_LABEL);
        labels.put("slipway.dev/node", node.id());
        return labels;
    }

    private void told(NodeSource node, String field, Object value, String reason) {
        findings.completed(new Completion(node.bodyPath() + "." + field, value, reason));
    }
}
