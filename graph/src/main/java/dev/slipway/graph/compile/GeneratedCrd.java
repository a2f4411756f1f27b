package dev.slipway.graph.compile;

import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The custom resource definition that serves the instances of a graph.
final class GeneratedCrd {
    private GeneratedCrd() {}

    /// The whole object, without ownership.
    ///
    /// @param instance the OpenAPI schema of an instance
    static Map<String, Object> of(Definition definition, Map<String, Object> instance) {
        return object(
                "apiVersion",
                "apiextensions.k8s.io/v1",
                "kind",
                "CustomResourceDefinition",
                "metadata",
                metadata(definition),
                "spec",
                object(
                        "group",
                        definition.group(),
                        "names",
                        names(definition),
                        "scope",
                        definition.namespaced() ? "Namespaced" : "Cluster",
                        "versions",
                        List.of(version(definition, instance))));
    }

    /// The OpenAPI schema of an instance.
    ///
    /// @param status the schemas of the author's status fields
    static Map<String, Object> instance(Map<String, Object> spec, Map<String, Object> status) {
        return object(
                "type",
                "object",
                "properties",
                object(
                        "apiVersion",
                        type("string"),
                        "kind",
                        type("string"),
                        "metadata",
                        type("object"),
                        "spec",
                        spec,
                        "status",
                        status(status)));
    }

    private static Map<String, Object> metadata(Definition definition) {
        var metadata = object("name", definition.crdName());
        var written = Json.object(definition.schema(), "metadata");
        for (var field : List.of("labels", "annotations")) {
            if (!Json.object(written, field).isEmpty()) {
                metadata.put(field, Json.copy(Json.object(written, field)));
            }
        }
        return metadata;
    }

    private static Map<String, Object> names(Definition definition) {
        var names =
                object(
                        "kind",
                        definition.kind(),
                        "listKind",
                        definition.kind() + "List",
                        "plural",
                        definition.instances().plural(),
                        "singular",
                        definition.kind().toLowerCase(Locale.ROOT));
        for (var field : List.of("shortNames", "categories")) {
            if (!Json.list(definition.schema(), field).isEmpty()) {
                names.put(field, Json.list(definition.schema(), field));
            }
        }
        return names;
    }

    private static Map<String, Object> version(
            Definition definition, Map<String, Object> instance) {
        var columns = Json.list(definition.schema(), "additionalPrinterColumns");
        return object(
                "name",
                definition.version(),
                "served",
                true,
                "storage",
                true,
                "schema",
                object("openAPIV3Schema", instance),
                "subresources",
                object("status", object()),
                "additionalPrinterColumns",
                columns.isEmpty() ? columns() : columns);
    }

    private static List<Object> columns() {
        return List.of(
                column(
                        "State",
                        "The state of a ResourceGraphDefinition instance",
                        "string",
                        ".status.state"),
                column(
                        "Ready",
                        "Whether a ResourceGraphDefinition instance is ready",
                        "string",
                        ".status.conditions[?(@.type==\"Ready\")].status"),
                column("Age", "Age of the resource", "date", ".metadata.creationTimestamp"));
    }

    /// Tools compare the columns with what they know, descriptions included.
    private static Map<String, Object> column(
            String name, String description, String type, String path) {
        return object("name", name, "description", description, "type", type, "jsonPath", path);
    }

    /// The author's fields and the controller's; a field `nodes` is the author's if there is one.
    private static Map<String, Object> status(Map<String, Object> author) {
        var properties =
                object("state", type("string"), "conditions", conditions(), "nodes", nodes());
        properties.putAll(author);
        return object("type", "object", "properties", properties);
    }

    private static Map<String, Object> conditions() {
        var condition =
                object(
                        "type",
                        "object",
                        "required",
                        List.of("type", "status"),
                        "properties",
                        object(
                                "type",
                                type("string"),
                                "status",
                                type("string"),
                                "reason",
                                type("string"),
                                "message",
                                type("string"),
                                "lastTransitionTime",
                                type("string"),
                                "observedGeneration",
                                type("integer")));
        return mapList(condition, "type");
    }

    private static Map<String, Object> nodes() {
        var texts = object("type", "array", "items", type("string"));
        var node =
                object(
                        "type",
                        "object",
                        "required",
                        List.of("id"),
                        "properties",
                        object(
                                "id",
                                type("string"),
                                "apiVersion",
                                type("string"),
                                "kind",
                                type("string"),
                                "namespace",
                                type("string"),
                                "name",
                                type("string"),
                                "items",
                                type("integer"),
                                "state",
                                type("string"),
                                "message",
                                type("string"),
                                "since",
                                type("string"),
                                "dependsOn",
                                texts));
        return mapList(node, "id");
    }

    private static Map<String, Object> mapList(Map<String, Object> items, String key) {
        return object(
                "type",
                "array",
                "items",
                items,
                "x-kubernetes-list-type",
                "map",
                "x-kubernetes-list-map-keys",
                List.of(key));
    }

    private static Map<String, Object> type(String type) {
        return object("type", type);
    }

    private static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }
}
