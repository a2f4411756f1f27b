package dev.slipway.kernel.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// The keys that a YAML document has twice in one map, with their lines.
final class RepeatedKeys {
    private final List<String> found = new ArrayList<>();

    private RepeatedKeys() {}

    /// @param text that can be read, but for these keys
    static List<String> in(String text) {
        var keys = new RepeatedKeys();
        var settings =
                LoadSettings.builder()
                        .setSchema(new KubernetesSchema())
                        .setMaxAliasesForCollections(Yaml.MAX_ALIASES)
                        .setCodePointLimit(Json.MAX_STRING_LENGTH)
                        .build();
        new Compose(settings).composeAllFromString(text).forEach(root -> keys.visit(root, 0));
        return keys.found;
    }

    private void visit(Node node, int depth) {
        if (depth > Json.MAX_DEPTH) {
            return;
        }
        switch (node) {
            case MappingNode map -> {
                var seen = new HashSet<String>();
                for (var entry : map.getValue()) {
                    if (entry.getKeyNode() instanceof ScalarNode key && !seen.add(key.getValue())) {
                        found.add(
                                "line %d: key \"%s\" already set in map"
                                        .formatted(line(key), key.getValue()));
                    }
                    visit(entry.getValueNode(), depth + 1);
                }
            }
            case SequenceNode list -> list.getValue().forEach(item -> visit(item, depth + 1));
            default -> {}
        }
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
