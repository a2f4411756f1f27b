package dev.slipway.expression;

import java.util.List;
import java.util.OptionalDouble;

/// How large the values of a variable may be.
@FunctionalInterface
public interface Sizes {
    /// The step from a list or a map to what is in it.
    String ELEMENT = "@elements";

    /// The step from a map to its keys.
    String KEY = "@keys";

    /// The most letters, bytes, items or members of the value at a place, 0 where it has none; empty where nothing is
    /// known of the place.
    ///
    /// @param place the names of fields on the way, as rules write them, and [#ELEMENT] and [#KEY]
    OptionalDouble of(List<String> place);
}
