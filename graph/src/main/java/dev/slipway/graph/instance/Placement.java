package dev.slipway.graph.instance;

import dev.slipway.graph.compile.Graph;
import dev.slipway.graph.compile.Node;
import dev.slipway.graph.compile.Part;
import dev.slipway.graph.compile.Role;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the resources of an instance lie, as far as that is known before they are made.
final class Placement {
    /// What is known of a resource that is not made yet.
    private static final Set<List<String>> NAMES =
            Set.of(List.of("metadata", "name"), List.of("metadata", "namespace"));

    private final Graph graph;
    private final Resource instance;
    private final Map<String, Object> data;
    private final Allowance allowance;

    /// @param data the trees behind the variables of expressions, which may become more
    Placement(Graph graph, Resource instance, Map<String, Object> data, Allowance allowance) {
        this.graph = graph;
        this.instance = instance;
        this.data = data;
        this.allowance = allowance;
    }

    /// The resources that are asked for in any case and whose names follow from the instance, or from one another.
    List<Member> foreseen() {
        var conditional = new HashSet<String>();
        var members = new ArrayList<Member>();
        Map<String, Object> named = new HashMap<>(data);
        for (var node : graph.nodes()) {
            if (!node.includeWhen().isEmpty()
                    || node.dependencies().stream().anyMatch(conditional::contains)) {
                conditional.add(node.id());
            } else if (node.role().isMade()) {
                var known = of(node, readsNames(node) ? named : data);
                members.addAll(known);
                if (node.role() instanceof Role.One && !known.isEmpty()) {
                    named.put(node.id(), known.getFirst().names());
                }
            }
        }
        return members;
    }

    /// The resources of a node, where their names can be told from the data that are there.
    List<Member> of(Node node) {
        return of(node, data);
    }

    private List<Member> of(Node node, Map<String, Object> known) {
        return switch (node.role()) {
            case Role.One _, Role.Named _ -> one(node, known).stream().toList();
            case Role.Each each ->
                    Loops.of(each, known, allowance) instanceof Loops.Items(var items)
                            ? items.stream().flatMap(item -> one(node, item).stream()).toList()
                            : List.of();
            case Role.Selected _ -> List.of();
        };
    }

    private Optional<Member> one(Node node, Map<String, Object> known) {
        return switch (Renderer.render(
                new Part.Fields(Map.of("metadata", names(node))), known, allowance)) {
            case Rendering.Rendered(var tree) -> of(node, new Resource(tree));
            case Rendering.Pending _, Rendering.Broken _ -> Optional.empty();
        };
    }

    /// The same of a rendered resource; empty where its name or namespace cannot be one.
    Optional<Member> of(Node node, Resource rendered) {
        var namespace = node.namespaced() ? namespace(rendered) : "";
        return rendered.name().isEmpty() || (node.namespaced() && namespace.isEmpty())
                ? Optional.empty()
                : Optional.of(
                        new Member(
                                node.id(),
                                node.apiVersion(),
                                node.kind(),
                                node.stored().resource(namespace, rendered.name()),
                                node.policy().deletion(),
                                node.wave()));
    }

    private String namespace(Resource rendered) {
        return rendered.metadata().containsKey("namespace")
                ? rendered.namespace()
                : instance.namespace();
    }

    /// Whether name and namespace of a node read no more of other nodes than theirs.
    private static boolean readsNames(Node node) {
        return names(node).parts().values().stream()
                .filter(Part.Computed.class::isInstance)
                .flatMap(part -> ((Part.Computed) part).expression().references().stream())
                .allMatch(read -> read.root().equals("schema") || NAMES.contains(read.path()));
    }

    private static Part.Fields names(Node node) {
        var names = new LinkedHashMap<String, Part>();
        if (node.template().parts().get("metadata") instanceof Part.Fields metadata) {
            metadata.parts()
                    .forEach((key, part) -> {
                        if (key.equals("name") || key.equals("namespace")) {
                            names.put(key, part);
                        }
                    });
        }
        return new Part.Fields(names);
    }
}
