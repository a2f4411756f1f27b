package dev.slipway.kernel.kind;

import java.util.Objects;
import java.util.Optional;

/// One column of `kubectl get`, as CRDs declare it, or, for built-in kinds, computed.
///
/// @param type `string`, `integer`, `number`, `boolean` or `date`
/// @param priority 0 is always shown, more only with `-o wide`
/// @param jsonPath a simple Kubernetes JSON path: `.status.state`, `.status.conditions[?(@.type=="Ready")].status`;
///     empty where the cell is computed
/// @param cell computes the value where no path can
public record PrinterColumn(
        String name,
        String type,
        String format,
        String description,
        int priority,
        String jsonPath,
        Optional<Cell> cell) {
    /// The name of the object; comes first where a kind does not place it.
    public static final PrinterColumn NAME =
            of("Name", "string", ".metadata.name")
                    .formatted("name")
                    .saying("Name must be unique within a namespace.");

    /// When the object was made, as `kubectl get` shows it.
    public static final PrinterColumn AGE = of("Age", "date", ".metadata.creationTimestamp");

    public PrinterColumn {
        Objects.requireNonNull(name);
        Objects.requireNonNull(cell);
    }

    public PrinterColumn(
            String name,
            String type,
            String format,
            String description,
            int priority,
            String jsonPath) {
        this(name, type, format, description, priority, jsonPath, Optional.empty());
    }

    public static PrinterColumn of(String name, String type, String jsonPath) {
        return new PrinterColumn(name, type, "", "", 0, jsonPath);
    }

    /// A column whose cells are computed.
    public static PrinterColumn of(String name, String type, Cell cell) {
        return new PrinterColumn(name, type, "", "", 0, "", Optional.of(cell));
    }

    /// The same column with words about what it shows.
    public PrinterColumn saying(String words) {
        return new PrinterColumn(name, type, format, words, priority, jsonPath, cell);
    }

    /// The same column in an OpenAPI format.
    public PrinterColumn formatted(String format) {
        return new PrinterColumn(name, type, format, description, priority, jsonPath, cell);
    }

    /// The same column, shown with `-o wide` only.
    public PrinterColumn wide() {
        return new PrinterColumn(name, type, format, description, 1, jsonPath, cell);
    }
}
