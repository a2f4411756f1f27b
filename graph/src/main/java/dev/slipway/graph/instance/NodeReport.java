package dev.slipway.graph.instance;

import dev.slipway.graph.compile.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a pass found out about one node.
///
/// @param member the resource, where its name is known
/// @param message why it is not in order; empty when it is
record NodeReport(Node node, Optional<Member> member, NodeState state, String message) {
    /// Whether it is known what the node shall be.
    boolean isResolved() {
        return switch (state) {
            case SYNCED, WAITING_FOR_READINESS, SKIPPED, DELETING -> true;
            case IN_PROGRESS, ERROR -> false;
        };
    }

    /// The entry of `status.nodes`.
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", node.id());
        tree.put("apiVersion", node.apiVersion());
        tree.put("kind", node.kind());
        member.ifPresent(known -> {
            if (!known.key().namespace().isEmpty()) {
                tree.put("namespace", known.key().namespace());
            }
            tree.put("name", known.key().name());
        });
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
