package dev.slipway.kernel.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
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
    private final int[] source;
    private final List<Integer> lineStarts;
    private final Map<String, Node> values = new HashMap<>();
    private final Map<String, Node> keys = new HashMap<>();

    private YamlPlaces(String text) {
        lines = text.lines().toList();
        source = text.codePoints().toArray();
        lineStarts = new ArrayList<>(List.of(0));
        for (int i = 0; i < source.length; i++) {
            if (source[i] == '\n') {
                lineStarts.add(i + 1);
            }
        }
    }

    /// Those of the one document of a text; none where it is not YAML.
    public static YamlPlaces read(String text) {
        var places = new YamlPlaces(text);
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
        return scalar.getScalarStyle() == ScalarStyle.LITERAL
                ? inBlock(mark, spot)
                : place(new ScalarText(source, start(mark), scalar).find(offset(spot)));
    }

    private int start(Mark mark) {
        return Math.min(source.length, lineStarts.get(mark.getLine()) + mark.getColumn());
    }

    /// How many characters of the value stand before a spot.
    private static int offset(Spot spot) {
        var start = 0;
        for (int line = 1; line < spot.line(); line++) {
            start = spot.text().indexOf('\n', start) + 1;
        }
        return spot.text().codePointCount(0, start) + spot.column() - 1;
    }

    private Place place(int index) {
        var found = Collections.binarySearch(lineStarts, index);
        var line = found < 0 ? -found - 2 : found;
        return new Place(line + 1, index - lineStarts.get(line) + 1);
    }

    /// A line of the value stands behind its indentation.
    private Place inBlock(Mark mark, Spot spot) {
        var line = mark.getLine() + spot.line();
        var raw = line < lines.size() ? lines.get(line) : "";
        var value = spot.text().lines().skip(spot.line() - 1L).findFirst().orElse("");
        return new Place(line + 1, Math.max(0, raw.length() - value.length()) + spot.column());
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
