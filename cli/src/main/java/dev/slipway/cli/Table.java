package dev.slipway.cli;

import dev.slipway.kernel.model.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A table as the server prints resources, in columns of equal width.
final class Table {
    private static final String GAP = "   ";

    private final List<Integer> columns;
    private final List<String> titles;
    private final List<Map<String, Object>> rows;

    /// @param wide whether columns of lower priority are shown too
    Table(Map<String, Object> tree, boolean wide) {
        var definitions = objects(tree, "columnDefinitions");
        this.columns =
                IntStream.range(0, definitions.size())
                        .filter(i ->
                                wide
                                        || !(definitions.get(i).get("priority")
                                                instanceof Long priority)
                                        || priority == 0)
                        .boxed()
                        .toList();
        this.titles =
                columns.stream()
                        .map(i -> Json.string(definitions.get(i), "name").toUpperCase(Locale.ROOT))
                        .toList();
        this.rows = objects(tree, "rows");
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /// @param namespaces whether each row begins with its namespace
    void print(PrintStream out, boolean namespaces) {
        var lines = new ArrayList<List<String>>();
        lines.add(line(namespaces, "NAMESPACE", titles));
        for (var row : rows) {
            var cells = Json.list(row, "cells");
            lines.add(
                    line(
                            namespaces,
                            Session.text(row, "object", "metadata", "namespace"),
                            columns.stream()
                                    .map(i -> i < cells.size() ? shown(cells.get(i)) : "")
                                    .toList()));
        }
        print(out, lines);
    }

    private static List<String> line(boolean namespaces, String namespace, List<String> cells) {
        var line = new ArrayList<String>(cells);
        if (namespaces) {
            line.addFirst(namespace);
        }
        return line;
    }

    private static void print(PrintStream out, List<List<String>> lines) {
        var widths =
                IntStream.range(0, lines.getFirst().size())
                        .map(i ->
                                lines.stream()
                                        .mapToInt(line -> line.get(i).length())
                                        .max()
                                        .orElse(0))
                        .toArray();
        for (var line : lines) {
            var text = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                text.append(line.get(i)).repeat(' ', widths[i] - line.get(i).length()).append(GAP);
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private static String shown(@Nullable Object cell) {
        return switch (cell) {
            case null -> "<none>";
            case String text -> text.isEmpty() ? "" : text.lines().findFirst().orElse("");
            default -> Json.text(cell);
        };
    }

    private static List<Map<String, Object>> objects(Map<String, Object> tree, String key) {
        return Json.list(tree, key).stream()
                .filter(Map.class::isInstance)
                .map(one -> Json.cast((Map<?, ?>) one))
                .toList();
    }
}
