package dev.slipway.kernel.kind;

/// One column of `kubectl get`, as CRDs declare it.
///
/// @param type `string`, `integer`, `number`, `boolean` or `date`
/// @param jsonPath a simple Kubernetes JSON path: `.status.state`, `.status.conditions[?(@.type=="Ready")].status`
/// @param priority 0 is always shown, more only with `-o wide`
public record PrinterColumn(
        String name,
        String type,
        String format,
        String description,
        int priority,
        String jsonPath) {
    public static PrinterColumn of(String name, String type, String jsonPath) {
        return new PrinterColumn(name, type, "", "", 0, jsonPath);
    }

    /// The same column, shown with `-o wide` only.
    public PrinterColumn wide() {
        return new PrinterColumn(name, type, format, description, 1, jsonPath);
    }
}
