package dev.slipway.graph.compile;

import dev.slipway.expression.Expression;
import java.util.List;

/// What a node stands for: one resource or several, made by the graph or by others.
public sealed interface Role {
    /// A resource that the graph makes.
    record One() implements Role {}

    /// A resource for each combination of items.
    ///
    /// @param iterations from the outermost loop to the innermost
    record Each(List<Iteration> iterations) implements Role {
        public Each {
            iterations = List.copyOf(iterations);
        }
    }

    /// A resource of others, by its name.
    record Named() implements Role {}

    /// All resources of others that a selector finds.
    record Selected() implements Role {}

    /// One loop.
    ///
    /// @param name what the template calls the item
    /// @param list what gives the items
    record Iteration(String name, Expression list) {}

    /// Whether the graph makes, changes and deletes what the node stands for, or, of a patch, some of its fields.
    default boolean isMade() {
        return switch (this) {
            case One _, Each _ -> true;
            case Named _, Selected _ -> false;
        };
    }
}
