package dev.slipway.apiserver.openapi;

import dev.slipway.apiserver.wire.Tree;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.KindVersion;
import dev.slipway.kernel.kind.Names;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Components;
import dev.slipway.kernel.schema.ObjectMetaSchema;
import dev.slipway.kernel.schema.SchemaWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One kind in one version, under one set of names, as OpenAPI describes it: its schemas and its paths.
///
/// @param components the definitions that the documents of Kubernetes share
/// @param definition what the kind is called among them, if it is one of Kubernetes
record DescribedKind(
        Kind kind,
        KindVersion version,
        Names names,
        Components components,
        Optional<String> definition) {
    private static final String GROUP_VERSION_KIND = "x-kubernetes-group-version-kind";

    /// What is sent to a path, and of which kind it is.
    private record Sent(String component, Map<String, Object> kind) {
        static Sent of(String component, String group, String kind) {
            return new Sent(component, Tree.of("group", group, "kind", kind, "version", "v1"));
        }
    }

    private static final Sent SCALE =
            Sent.of("io.k8s.api.autoscaling.v1.Scale", "autoscaling", "Scale");
    private static final Sent EVICTION =
            Sent.of("io.k8s.api.policy.v1.Eviction", "policy", "Eviction");
    private static final Sent TOKEN =
            Sent.of(
                    "io.k8s.api.authentication.v1.TokenRequest",
                    "authentication.k8s.io",
                    "TokenRequest");

    private String group() {
        return kind.group(version);
    }

    void putSchemas(Map<String, Object> schemas) {
        putSchema(schemas);
        components.put(CommonSchemas.LIST_META, schemas);
        components.put(CommonSchemas.DELETE_OPTIONS, schemas);
        components.put(CommonSchemas.STATUS, schemas);
        schemas.put(component(names.listKind()), list());
        posted().values().forEach(sent -> components.put(sent.component(), schemas));
        version.scale().ifPresent(_ -> components.put(SCALE.component(), schemas));
    }

    /// What is posted below its objects, by subresource.
    private Map<String, Sent> posted() {
        return switch (kind.key().groupResource()) {
            case "pods" -> Map.of("eviction", EVICTION);
            case "serviceaccounts" -> Map.of("token", TOKEN);
            default -> Map.of();
        };
    }

    void putSchema(Map<String, Object> schemas) {
        components.put(CommonSchemas.OBJECT_META, schemas);
        definition.ifPresentOrElse(
                name -> components.put(name, schemas),
                () -> schemas.put(component(names.kind()), object()));
    }

    /// Of a kind whose objects are posted and never stored.
    void putPost(Map<String, Object> paths) {
        paths.put(
                collectionPath(),
                operations()
                        .name(
                                Tree.of(
                                        "post",
                                        operation("post", "post", own(), own().component()),
                                        "parameters",
                                        placeParameters(false)),
                                ""));
    }

    void putPaths(Map<String, Object> paths) {
        var collection = collectionPath();
        var operations = operations();
        paths.put(collection, operations.name(collection(), ""));
        if (kind.namespaced()) {
            paths.put(
                    base() + "/" + names.plural(),
                    operations.nameForAll(
                            Tree.of(
                                    "get",
                                    operation("list", "get", own(), component(names.listKind())))));
        }
        paths.put(collection + "/{name}", operations.name(item(), ""));
        if (version.status()) {
            paths.put(collection + "/{name}/status", operations.name(subresource(own()), "Status"));
        }
        if (kind.key().groupResource().equals("certificatesigningrequests.certificates.k8s.io")) {
            paths.put(
                    collection + "/{name}/approval",
                    operations.name(subresource(own()), "Approval"));
        }
        if (kind.key().groupResource().equals("namespaces")) {
            paths.put(collection + "/{name}/finalize", operations.name(finalization(), "Finalize"));
        }
        posted().forEach((name, sent) ->
                paths.put(
                        collection + "/{name}/" + name,
                        operations.name(post(sent), OperationNames.capital(name))));
        if (version.scale().isPresent()) {
            paths.put(collection + "/{name}/scale", operations.name(subresource(SCALE), "Scale"));
        }
        OwnReads.put(paths, collection + "/{name}/", placeParameters(true));
    }

    private OperationNames operations() {
        return new OperationNames(group(), version.name(), names.kind(), kind.namespaced());
    }

    private String base() {
        return (group().isEmpty() ? "/api/" : "/apis/" + group() + "/") + version.name();
    }

    /// Where the objects of one place are.
    private String collectionPath() {
        return base() + (kind.namespaced() ? "/namespaces/{namespace}/" : "/") + names.plural();
    }

    private Map<String, Object> collection() {
        return Tree.of(
                "get", operation("list", "get", own(), component(names.listKind())),
                "post", operation("post", "post", own(), own().component()),
                "delete", operation("deletecollection", "delete", own(), CommonSchemas.STATUS),
                "parameters", placeParameters(false));
    }

    private Map<String, Object> item() {
        var item = subresource(own());
        item.put("delete", operation("delete", "delete", own(), CommonSchemas.STATUS));
        return item;
    }

    private Map<String, Object> subresource(Sent sent) {
        return Tree.of(
                "get", operation("get", "get", sent, sent.component()),
                "put", operation("put", "put", sent, sent.component()),
                "patch", operation("patch", "patch", sent, sent.component()),
                "parameters", placeParameters(true));
    }

    private Map<String, Object> finalization() {
        return Tree.of(
                "put", operation("put", "put", own(), own().component()),
                "parameters", placeParameters(true));
    }

    private Map<String, Object> post(Sent sent) {
        return Tree.of(
                "post", operation("post", "post", sent, sent.component()),
                "parameters", placeParameters(true));
    }

    private Sent own() {
        return new Sent(component(names.kind()), groupVersionKind(names.kind()));
    }

    /// @param action what Kubernetes calls it
    /// @param answer the component that comes back
    private Map<String, Object> operation(String action, String method, Sent sent, String answer) {
        var content = Tree.of("schema", CommonSchemas.reference(answer));
        var ok = Tree.of("description", "OK", "content", Tree.of("application/json", content));
        var operation =
                Tree.of(
                        "parameters",
                        Parameters.of(action),
                        "responses",
                        Tree.of("200", ok),
                        "x-kubernetes-action",
                        action,
                        GROUP_VERSION_KIND,
                        sent.kind());
        Parameters.body(method, CommonSchemas.reference(sent.component()), kind.rules().builtIn())
                .ifPresent(body -> operation.put("requestBody", body));
        return operation;
    }

    private List<Object> placeParameters(boolean named) {
        var namespace = Parameters.inPath("namespace", "The namespace of the object.");
        var name = Parameters.inPath("name", "The name of the object.");
        if (named) {
            return kind.namespaced() ? List.of(name, namespace) : List.of(name);
        }
        return kind.namespaced() ? List.of(namespace) : List.of();
    }

    private Map<String, Object> object() {
        var tree = SchemaWriter.write(version.schema());
        tree.putIfAbsent("type", "object");
        alternatives(tree);
        var own = Json.object(tree, "properties");
        Map<String, Object> properties = new LinkedHashMap<>(typeMeta());
        properties.put("metadata", metadata());
        own.forEach(properties::putIfAbsent);
        tree.put("properties", properties);
        tree.put(GROUP_VERSION_KIND, List.of(groupVersionKind(names.kind())));
        putSelectable(tree);
        return tree;
    }

    /// That of every object; written out where the kind declares fields of its own in it.
    private Map<String, Object> metadata() {
        var own = version.schema().property("metadata");
        if (own == null || ObjectMetaSchema.of(version.schema()).equals(ObjectMetaSchema.SCHEMA)) {
            return CommonSchemas.described(CommonSchemas.OBJECT_META, CommonSchemas.METADATA);
        }
        var metadata = components.component(CommonSchemas.OBJECT_META);
        metadata.put("description", CommonSchemas.METADATA);
        var fields = Json.child(metadata, "properties");
        own.properties().forEach((name, field) -> fields.put(name, SchemaWriter.write(field)));
        return metadata;
    }

    /// What may be a number or a text says so in words that every reader of OpenAPI knows.
    private static void alternatives(Object node) {
        switch (node) {
            case Map<?, ?> map -> {
                var schema = Json.cast(map);
                if (Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"))
                        && !schema.containsKey("anyOf")
                        && !schema.containsKey("allOf")) {
                    schema.put(
                            "anyOf",
                            List.of(Tree.of("type", "integer"), Tree.of("type", "string")));
                }
                List.copyOf(schema.values()).forEach(DescribedKind::alternatives);
            }
            case List<?> list -> list.forEach(DescribedKind::alternatives);
            default -> {}
        }
    }

    /// Which fields can be selected by; of built-in kinds clients know it.
    private void putSelectable(Map<String, Object> tree) {
        if (!kind.rules().builtIn() && !version.selectableFields().isEmpty()) {
            tree.put(
                    "x-kubernetes-selectable-fields",
                    version.selectableFields().stream()
                            .map(path -> Tree.of("fieldPath", path.replaceFirst("^\\.", "")))
                            .toList());
        }
    }

    private Map<String, Object> list() {
        var properties = typeMeta();
        properties.put(
                "items",
                Tree.of(
                        "type",
                        "array",
                        "description",
                        CommonSchemas.ITEMS.formatted(names.plural()),
                        "items",
                        listed(CommonSchemas.reference(component(names.kind())))));
        var metadata =
                CommonSchemas.described(CommonSchemas.LIST_META, CommonSchemas.LIST_METADATA);
        definition.ifPresent(_ -> metadata.put("default", Map.of()));
        properties.put("metadata", metadata);
        var list =
                Tree.of(
                        "type",
                        "object",
                        "description",
                        "%s is a list of %s".formatted(names.listKind(), names.kind()),
                        "required",
                        List.of("items"),
                        "properties",
                        properties,
                        GROUP_VERSION_KIND,
                        List.of(groupVersionKind(names.listKind())));
        putSelectable(list);
        return list;
    }

    private Map<String, Object> listed(Map<String, Object> reference) {
        return definition.isEmpty()
                ? reference
                : Tree.of("default", Map.of(), "allOf", List.of(reference));
    }

    private static Map<String, Object> typeMeta() {
        return Tree.of(
                "apiVersion", CommonSchemas.text(CommonSchemas.API_VERSION),
                "kind", CommonSchemas.text(CommonSchemas.KIND));
    }

    private Map<String, Object> groupVersionKind(String kindName) {
        return Tree.of("group", group(), "kind", kindName, "version", version.name());
    }

    /// The name of a component: as Kubernetes calls its own; else the group reversed, version, kind.
    private String component(String kindName) {
        if (definition.isPresent()) {
            var name = definition.get();
            return name.substring(0, name.lastIndexOf('.') + 1) + kindName;
        }
        var parts = Arrays.asList(group().split("\\."));
        Collections.reverse(parts);
        return String.join(".", parts) + "." + version.name() + "." + kindName;
    }
}
