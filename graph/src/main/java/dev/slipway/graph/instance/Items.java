package dev.slipway.graph.instance;

import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.relations.Relation.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The resources of the nodes of an instance, as its inventory names them: also those of which there are several.
public final class Items {
    private Items() {}

    /// By the ids of their nodes; empty where the inventory cannot be read.
    public static Map<String, List<Target>> of(Resource instance) {
        try {
            return Inventory.written(instance).members().stream()
                    .collect(
                            Collectors.groupingBy(
                                    Member::node,
                                    Collectors.mapping(Items::target, Collectors.toList())));
        } catch (MalformedException e) {
            return Map.of();
        }
    }

    private static Target target(Member member) {
        var key = member.key();
        return new Target(key.group(), member.kind(), key.namespace(), key.name());
    }
}
