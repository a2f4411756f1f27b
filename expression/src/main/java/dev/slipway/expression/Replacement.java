package dev.slipway.expression;

import java.util.List;

/// How long a text can be after parts of it were replaced.
final class Replacement {
    private Replacement() {}

    /// @param sizes of the text, of what is replaced, and of what takes its place
    static Span size(List<Span> sizes) {
        var text = sizes.getFirst();
        var old = sizes.get(1);
        var by = sizes.get(2);
        return new Span(
                shortest(text.least(), old.most(), by.least()),
                longest(text.most(), old.least(), by.most()));
    }

    private static double longest(double text, double old, double by) {
        if (old == 0) {
            return (text + 1) * by + text;
        }
        return by <= old ? text : Math.ceil(text / old) * by;
    }

    private static double shortest(double text, double old, double by) {
        if (old == 0) {
            return (text + 1) * by + text;
        }
        return old <= by ? text : Math.ceil(text / old) * by;
    }
}
