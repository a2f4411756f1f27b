package dev.slipway.expression;

import java.util.List;

/// How large the values of a variable may be.
@FunctionalInterface
public interface Sizes {
    /// The step from a list or a map to what is in it.
    String ELEMENT = "*";

    /// The most letters, items or members of the value at a place; 1 where it has none.
    ///
    /// @param place the names of fields on the way, and [#ELEMENT]
    double of(List<String> place);
}
