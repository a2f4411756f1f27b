package dev.slipway.graph;

import dev.slipway.graph.compile.Definition;
import dev.slipway.graph.compile.Labels;
import dev.slipway.graph.definition.Pin;
import dev.slipway.graph.definition.Revision;
import dev.slipway.graph.instance.Items;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.relations.Relation;
import dev.slipway.kernel.relations.Relation.Target;
import dev.slipway.kernel.relations.RelationExtractor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads how instances refer to their nodes, and definitions to the kinds that they define.
final class GraphRelations implements RelationExtractor {
    /// Every kind may be one that a graph defines; its instances are known by their labels.
    @Override
    public boolean concerns(KindKey kind) {
        return kind.group().contains(".");
    }

    @Override
    public List<Relation> relations(Resource resource) {
        if (resource.group().equals(Definition.KIND.group())
                && resource.kind().startsWith("ResourceGraph")) {
            return List.of(definedKind(new Definition(resource)));
        }
        return Labels.isOfSomeDefinition(resource) ? nodes(resource) : List.of();
    }

    private static Relation definedKind(Definition definition) {
        return new Relation(
                "defines",
                "definedBy",
                "spec.schema.kind",
                definition.kind(),
                new Target(
                        "apiextensions.k8s.io",
                        "CustomResourceDefinition",
                        "",
                        definition.crdName()));
    }

    /// To the revision that an instance stays with.
    private static List<Relation> pin(Resource instance) {
        var pin = Pin.of(instance);
        var definition = Labels.definitionOf(instance);
        // A name that was shortened for the label is not the definition's.
        return pin.number().isEmpty() || definition.length() >= Labels.MAX_LENGTH
                ? List.of()
                : List.of(
                        new Relation(
                                "pinnedTo",
                                "pins",
                                "metadata.annotations['%s']".formatted(Pin.ANNOTATION),
                                pin.written(),
                                new Target(
                                        Revision.KIND.group(),
                                        Revision.NAME,
                                        "",
                                        Revision.name(definition, pin.number().getAsLong()))));
    }

    private static List<Relation> nodes(Resource instance) {
        var relations = new ArrayList<>(pin(instance));
        var nodes = Json.list(instance.status(), "nodes");
        Map<String, List<Target>> items = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof Map<?, ?> node) {
                var field = "status.nodes[" + i + "]";
                if (node.get("name") instanceof String) {
                    relations.add(node(field, new Resource(Json.cast(node))));
                } else if (node.get("items") instanceof Long) {
                    items.putAll(items.isEmpty() ? Items.of(instance) : Map.of());
                    relations.addAll(items(field, Json.string(Json.cast(node), "id"), items));
                }
            }
        }
        return relations;
    }

    /// The resources of a collection, whose names the status does not tell.
    private static List<Relation> items(
            String field, String node, Map<String, List<Target>> items) {
        return items.getOrDefault(node, List.of()).stream()
                .map(item -> new Relation("node", "instance", field, node, item))
                .toList();
    }

    /// @param node an entry of `status.nodes`, which is shaped like a resource as far as its kind goes
    private static Relation node(String field, Resource node) {
        return new Relation(
                "node",
                "instance",
                field,
                Json.string(node.tree(), "id"),
                new Target(
                        node.group(),
                        node.kind(),
                        Json.string(node.tree(), "namespace"),
                        Json.string(node.tree(), "name")));
    }
}
