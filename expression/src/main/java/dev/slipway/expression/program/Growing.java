package dev.slipway.expression.program;

import dev.slipway.expression.library.Growth;
import java.util.List;
import java.util.Map;

/// Lists and maps that a loop builds: they take what comes in place, so that a loop does not copy them in each round.
final class Growing {
    private Growing() {}

    /// An empty list or map that can grow; any other value as it is.
    static Object of(Object value) {
        return switch (value) {
            case List<?> list when list.isEmpty() -> new Growth.OfList();
            case Map<?, ?> map when map.isEmpty() -> new Growth.OfMap();
            default -> value;
        };
    }

    /// The value as it stays from now on.
    static Object end(Object value) {
        if (value instanceof Growth growth) {
            growth.end();
        }
        return value;
    }
}
