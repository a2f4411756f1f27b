package dev.slipway.graph.compile;

import dev.slipway.expression.Expression;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A piece of a compiled template: what is fixed, and what is computed for each instance.
public sealed interface Part {
    /// A value that is the same for every instance.
    record Constant(@Nullable Object value) implements Part {}

    /// An object of parts.
    record Fields(Map<String, Part> parts) implements Part {}

    /// A list of parts.
    record Items(List<Part> parts) implements Part {
        public Items {
            parts = List.copyOf(parts);
        }
    }

    /// A value that an expression gives.
    ///
    /// @param path where it stands in the object, for messages: `spec.replicas`
    /// @param optional whether nothing is written when the expression gives nothing
    record Computed(Expression expression, String path, boolean optional) implements Part {}
}
