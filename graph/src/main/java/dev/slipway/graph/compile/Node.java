package dev.slipway.graph.compile;

import dev.slipway.kernel.model.KindKey;
import java.util.List;
import java.util.Set;

/// One entry of a compiled graph.
///
/// @param namespaced whether its kind is
/// @param role whether it is one resource or several, and whose
/// @param template the whole object, or the metadata by which others' are found
/// @param includeWhen what must hold for the resource to be made; reads the instance and other nodes
/// @param readyWhen what must hold for the resource to be ready; reads the resource itself, or `each` of several
/// @param dependencies the ids of the nodes that it reads or that come first, by position
/// @param follows those of them that only come first: when they are left out, the node is not
/// @param wave when it is applied relative to the others, from 1; deletion goes from the highest wave down
public record Node(
        String id,
        String apiVersion,
        String kind,
        KindKey stored,
        boolean namespaced,
        Role role,
        Part.Fields template,
        List<Part.Computed> includeWhen,
        List<Part.Computed> readyWhen,
        List<String> dependencies,
        Set<String> follows,
        Policy policy,
        int wave) {
    public Node {
        includeWhen = List.copyOf(includeWhen);
        readyWhen = List.copyOf(readyWhen);
        dependencies = List.copyOf(dependencies);
        follows = Set.copyOf(follows);
    }
}
