package dev.slipway.kernel.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Where the fields of a YAML document stand in its file. An immutable value.
public final class YamlPlaces {
    /// A line and a column of a file, both from 1.
    public record Place(int line, int column) {}

    private static final char STEP = '\0';

    private final List<String> lines;
    private final Map<String, Node> values = new HashMap<>();
    private final Map<String, Node> keys = new HashMap<>();

    private YamlPlaces(List<String> lines) {
        this.lines = lines;
    }

    /// Those of the one document of a text; none where it is not YAML.
    public static YamlPlaces read(String text) {
        var places = new YamlPlaces(text.lines().toList());
        try {
            var settings =
                    LoadSettings.builder()
                            .setSchema(new KubernetesSchema())
                            .setAllowDuplicateKeys(true)
                            .build();
            new Compose(settings).composeString(text).ifPresent(root -> places.add("", root, 0));
        } catch (YamlEngineException e) {
            places.values.clear();
        }
        return places;
    }

    private void add(String path, Node node, int depth) {
        if (depth > Json.MAX_DEPTH) {
            return;
        }
        values.put(path, node);
        switch (node) {
            case MappingNode mapping -> {
                for (var tuple : mapping.getValue()) {
                    if (tuple.getKeyNode() instanceof ScalarNode key) {
                        var below = path + STEP + KubernetesSchema.key(key);
                        keys.put(below, key);
                        add(below, tuple.getValueNode(), depth + 1);
                    }
                }
            }
            case SequenceNode sequence -> {
                var index = 0;
                for (var item : sequence.getValue()) {
                    add(path + STEP + index++, item, depth + 1);
                }
            }
            default -> {}
        }
    }

    /// The place of a field by its path, such as `spec.containers[0].image` or `metadata.labels[a.b/c]`; where it is not
    /// there, that of what it would stand in.
    public Place place(String path) {
        var known = known(path);
        var value = values.get(known);
        var node = value instanceof ScalarNode ? value : keys.getOrDefault(known, value);
        return Optional.ofNullable(node)
                .flatMap(Node::getStartMark)
                .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(new Place(1, 1));
    }

    /// The place of a spot in the text at a path.
    public Place place(String path, Spot spot) {
        var known = known(path);
        if (!(values.get(known) instanceof ScalarNode scalar)
                || !scalar.getValue().equals(spot.text())
                || scalar.getStartMark().isEmpty()) {
            return place(path);
        }
        var mark = scalar.getStartMark().get();
        return switch (scalar.getScalarStyle()) {
            case LITERAL -> inBlock(mark, spot);
            case SINGLE_QUOTED, DOUBLE_QUOTED -> inLine(mark, spot, 1);
            case PLAIN -> inLine(mark, spot, 0);
            case FOLDED, JSON_SCALAR_STYLE -> place(path);
        };
    }

    private static Place inLine(Mark mark, Spot spot, int quote) {
        return spot.line() == 1
                ? new Place(mark.getLine() + 1, mark.getColumn() + quote + spot.column())
                : new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Place inBlock(Mark mark, Spot spot) {
        var line = mark.getLine() + 1 + spot.line();
        var first = mark.getLine() + 1 < lines.size() ? lines.get(mark.getLine() + 1) : "";
        var indent = first.length() - first.stripLeading().length();
        return new Place(line, indent + spot.column());
    }

    /// The longest beginning of a path that is there.
    private String known(String path) {
        var steps = steps(path);
        for (int length = steps.size(); length > 0; length--) {
            var known = STEP + String.join(String.valueOf(STEP), steps.subList(0, length));
            if (values.containsKey(known)) {
                return known;
            }
        }
        return "";
    }

    /// `spec`, `containers`, `0`, `image`.
    private static List<String> steps(String path) {
        var steps = new ArrayList<String>();
        var step = new StringBuilder();
        var depth = 0;
        for (int i = 0; i < path.length(); i++) {
            var letter = path.charAt(i);
            var ends = depth == 0 ? letter == '.' || letter == '[' : letter == ']' && depth == 1;
            depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
            if (ends) {
                add(step, steps);
            } else {
                step.append(letter);
            }
        }
        add(step, steps);
        return steps;
    }

    private static void add(StringBuilder step, List<String> steps) {
        if (!step.isEmpty()) {
            steps.add(step.toString().replaceAll("^[\"']|[\"']$", ""));
            step.setLength(0);
        }
    }
}
