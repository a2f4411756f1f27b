package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.schema.SchemaReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The kinds that `CustomResourceDefinition`s define.
public final class CustomKinds {
    private CustomKinds() {}

    /// The kind that a definition, in which [CrdRules] found nothing wrong, defines.
    public static Kind of(Resource crd) {
        var spec = crd.spec();
        return new Kind(
                Json.string(spec, "group"),
                names(Json.object(spec, "names")),
                Json.string(spec, "scope").equals("Namespaced"),
                objects(spec, "versions").stream().map(version -> version(version, spec)).toList(),
                List.of(),
                Kind.Rules.CUSTOM);
    }

    /// The versions that are served in words, but not in truth: a webhook should convert to them, and none is called yet. To
    /// change their names alone would lose what their schemas do not have.
    public static List<String> withheld(Resource crd) {
        return objects(crd.spec(), "versions").stream()
                .filter(version -> isWithheld(version, crd.spec()))
                .map(version -> Json.string(version, "name"))
                .toList();
    }

    private static boolean isWithheld(Map<String, Object> version, Map<String, Object> spec) {
        return isConvertedByWebhook(spec)
                && Boolean.TRUE.equals(version.get("served"))
                && !Boolean.TRUE.equals(version.get("storage"));
    }

    static boolean isConvertedByWebhook(Map<String, Object> spec) {
        return Json.string(Json.object(spec, "conversion"), "strategy").equals("Webhook");
    }

    private static Names names(Map<String, Object> names) {
        var kind = Json.string(names, "kind");
        return new Names(
                Json.string(names, "plural"),
                text(names, "singular").orElse(kind.toLowerCase(Locale.ROOT)),
                kind,
                text(names, "listKind").orElse(kind + "List"),
                texts(names, "shortNames"),
                texts(names, "categories"));
    }

    private static KindVersion version(Map<String, Object> version, Map<String, Object> spec) {
        var subresources = Json.object(version, "subresources");
        return new KindVersion(
                Json.string(version, "name"),
                Boolean.TRUE.equals(version.get("served")) && !isWithheld(version, spec),
                Boolean.TRUE.equals(version.get("storage")),
                schema(version),
                subresources.get("status") instanceof Map<?, ?>,
                scale(subresources),
                objects(version, "additionalPrinterColumns").stream()
                        .map(CustomKinds::column)
                        .toList(),
                objects(version, "selectableFields").stream()
                        .map(field -> Json.string(field, "jsonPath"))
                        .toList(),
                deprecation(version, spec));
    }

    private static Schema schema(Map<String, Object> version) {
        return Json.at(version, "schema", "openAPIV3Schema") instanceof Map<?, ?> schema
                ? SchemaReader.read(Json.cast(schema))
                : Schema.ANY;
    }

    private static Optional<KindVersion.Scale> scale(Map<String, Object> subresources) {
        return subresources.get("scale") instanceof Map<?, ?> map
                ? Optional.of(
                        new KindVersion.Scale(
                                Json.string(Json.cast(map), "specReplicasPath"),
                                Json.string(Json.cast(map), "statusReplicasPath"),
                                Json.string(Json.cast(map), "labelSelectorPath")))
                : Optional.empty();
    }

    private static PrinterColumn column(Map<String, Object> column) {
        var path = Json.string(column, "jsonPath");
        return new PrinterColumn(
                Json.string(column, "name"),
                Json.string(column, "type"),
                Json.string(column, "format"),
                text(column, "description")
                        .orElse("Custom resource definition column (in JSONPath format): " + path),
                column.get("priority") instanceof Long priority ? priority.intValue() : 0,
                path);
    }

    private static Optional<String> deprecation(
            Map<String, Object> version, Map<String, Object> spec) {
        if (!Boolean.TRUE.equals(version.get("deprecated"))) {
            return Optional.empty();
        }
        var usual =
                "%s/%s %s is deprecated"
                        .formatted(
                                spec.get("group"),
                                version.get("name"),
                                Json.object(spec, "names").get("kind"));
        return Optional.of(text(version, "deprecationWarning").orElse(usual));
    }

    static List<Map<String, Object>> objects(Map<String, Object> tree, String key) {
        return Json.list(tree, key).stream()
                .filter(Map.class::isInstance)
                .map(one -> Json.cast((Map<?, ?>) one))
                .toList();
    }

    static List<String> texts(Map<String, Object> tree, String key) {
        return Json.list(tree, key).stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    private static Optional<String> text(Map<String, Object> tree, String key) {
        return Optional.of(Json.string(tree, key)).filter(text -> !text.isEmpty());
    }
}
