package dev.slipway.kernel.kind;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one column of `kubectl get` shows of one object, where a JSON path cannot say it: `2/3`, a count, a selector.
///
/// Pure: depends on nothing but its arguments.
@FunctionalInterface
public interface Cell {
    /// The value, a text, a whole number or a truth value, as it goes out; null where there is none.
    @Nullable Object of(Map<String, Object> object, Instant now);
}
