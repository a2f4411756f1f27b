package dev.slipway.graph.compile;

import dev.slipway.graph.findings.Findings;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.schema.SchemaReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// The shape of `externalRef`: a kind, and either a name or a selector.
final class Reference {
    /// What may be written in it; name and namespace are those of all resources.
    static final Schema SCHEMA =
            SchemaReader.read(
                    Json.readObject(
                            """
                            {"type": "object", "properties": {"metadata": {"type": "object", "properties": {
                              "selector": {"type": "object", "properties": {
                                "matchLabels": {"type": "object", "additionalProperties": {"type": "string"}},
                                "matchExpressions": {"type": "array", "items": {"type": "object", "properties": {
                                  "key": {"type": "string"},
                                  "operator": {"type": "string", "enum": ["In", "NotIn", "Exists", "DoesNotExist"]},
                                  "values": {"type": "array", "items": {"type": "string"}}}}}}}}}}}
                            """
                                    .getBytes(StandardCharsets.UTF_8)));

    private static final Set<String> FIELDS = Set.of("name", "namespace", "selector");

    private Reference() {}

    static void check(NodeSource node, Findings findings) {
        var path = node.bodyPath() + ".metadata";
        var metadata = Json.object(node.body(), "metadata");
        if (metadata.containsKey("name") && metadata.containsKey("selector")) {
            findings.error(
                    FieldCause.forbidden(
                            path + ".selector",
                            "a reference has either a name or a selector, not both"));
        }
        if (!metadata.containsKey("name") && !metadata.containsKey("selector")) {
            findings.error(
                    FieldCause.required(
                            path + ".name", "a reference names a resource, or has a selector"));
        }
        metadata.keySet().stream()
                .filter(field -> !FIELDS.contains(field))
                .forEach(field ->
                        findings.error(
                                FieldCause.forbidden(
                                        path + "." + field,
                                        "a reference has name, namespace and selector only")));
        for (var field : List.of("adoption", "deletion")) {
            if (node.written().containsKey(field)) {
                findings.error(
                        FieldCause.forbidden(
                                node.path() + "." + field,
                                "a resource of others is never changed or deleted"));
            }
        }
        if (!node.forEach().isEmpty()) {
            findings.error(
                    FieldCause.forbidden(
                            node.path() + ".forEach",
                            "externalRef finds what is there: use a selector for several, or forEach over it in another resource"));
        }
    }
}
