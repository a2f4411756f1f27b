package dev.slipway.graph.instance;

import dev.slipway.graph.compile.Node;
import dev.slipway.graph.compile.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a pass found out about one node.
///
/// @param members the resources, as far as their names are known
/// @param message why it is not in order; empty when it is
record NodeReport(Node node, List<Member> members, NodeState state, String message) {
    NodeReport {
        members = List.copyOf(members);
    }

    /// The resources that the graph makes.
    List<Member> made() {
        return node.role().isMade() ? members : List.of();
    }

    /// Whether it is in order.
    boolean isSettled() {
        return state == NodeState.SYNCED || state == NodeState.SKIPPED;
    }

    /// Whether it is known what the node shall be.
    boolean isResolved() {
        return switch (state) {
            case SYNCED, WAITING_FOR_READINESS, SKIPPED, DELETING -> true;
            case IN_PROGRESS, ERROR -> false;
        };
    }

    private static void name(Member member, Map<String, Object> tree) {
        if (!member.key().namespace().isEmpty()) {
            tree.put("namespace", member.key().namespace());
        }
        tree.put("name", member.key().name());
    }

    /// The entry of `status.nodes`.
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", node.id());
        tree.put("apiVersion", node.apiVersion());
        tree.put("kind", node.kind());
        switch (node.role()) {
            case Role.One _, Role.Named _ ->
                    members.stream().findFirst().ifPresent(known -> name(known, tree));
            case Role.Each _, Role.Selected _ -> tree.put("items", (long) members.size());
        }
        tree.put("state", state.name());
        if (!message.isEmpty()) {
            tree.put("message", message);
        }
        if (!node.dependencies().isEmpty()) {
            tree.put("dependsOn", node.dependencies());
        }
        return tree;
    }
}
