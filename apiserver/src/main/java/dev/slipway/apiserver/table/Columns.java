package dev.slipway.apiserver.table;

import dev.slipway.apiserver.wire.Tree;
import dev.slipway.kernel.kind.Ages;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.kind.PrinterColumn;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The columns of one kind in one version: their definitions, and the cells of an object.
final class Columns {
    private record Column(PrinterColumn printer, JsonPath path) {}

    private final List<Column> columns;

    Columns(Served served) {
        var printers = served.version().columns();
        this.columns =
                named(printers.isEmpty() ? List.of(PrinterColumn.AGE) : printers).stream()
                        .map(one -> new Column(one, JsonPath.parse(one.jsonPath())))
                        .toList();
    }

    /// The columns with the name before them, where it has no place of its own.
    private static List<PrinterColumn> named(List<PrinterColumn> columns) {
        if (columns.stream().anyMatch(Columns::isName)) {
            return columns;
        }
        return Stream.concat(Stream.of(PrinterColumn.NAME), columns.stream()).toList();
    }

    private static boolean isName(PrinterColumn column) {
        return column.equals(PrinterColumn.NAME) || column.equals(PrinterColumn.NAME.wide());
    }

    /// As `columnDefinitions` of a table lists them.
    List<Object> definitions() {
        var definitions = new ArrayList<Object>();
        for (var column : columns) {
            var printer = column.printer();
            definitions.add(
                    definition(
                            printer.name(),
                            printer.type(),
                            printer.format(),
                            printer.description(),
                            printer.priority()));
        }
        return definitions;
    }

    List<@Nullable Object> cells(Resource resource, Instant now) {
        var cells = new ArrayList<@Nullable Object>();
        for (var column : columns) {
            cells.add(cell(column, resource, now));
        }
        return cells;
    }

    private static Map<String, Object> definition(
            String name, String type, String format, String description, int priority) {
        return Tree.of(
                "name", name,
                "type", type,
                "format", format,
                "description", description,
                "priority", (long) priority);
    }

    private static @Nullable Object cell(Column column, Resource resource, Instant now) {
        var printer = column.printer();
        if (printer.cell().isPresent()) {
            return printer.cell().get().of(resource.tree(), now);
        }
        var value = column.path().first(resource.tree()).orElse(null);
        return switch (printer.type()) {
            case "date" -> Ages.since(value instanceof String text ? text : "", now);
            case "integer" -> value instanceof Double number ? number.longValue() : number(value);
            case "number" -> number(value);
            case "boolean" -> value instanceof Boolean ? value : null;
            default -> text(value);
        };
    }

    private static @Nullable Object number(@Nullable Object value) {
        return value instanceof Number ? value : null;
    }

    private static @Nullable Object text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            default -> Json.text(value);
        };
    }
}
