package dev.slipway.kernel.kind;

import java.util.List;

/// The columns of `kubectl get` for built-in kinds, after the name.
final class BuiltInColumns {
    private BuiltInColumns() {}

    /// @param path `apps/deployments`, `/pods`
    static List<PrinterColumn> of(String path) {
        return switch (path) {
            case "/secrets" ->
                    List.of(PrinterColumn.of("Type", "string", ".type"), PrinterColumn.AGE);
            default -> List.of(PrinterColumn.AGE);
        };
    }
}
