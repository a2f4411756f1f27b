package dev.slipway.expression.library;

/// A value of our own functions whose size counts in costs.
public interface Extent {
    /// In bytes; 1 where it has none.
    default long size() {
        return 1;
    }

    /// A form of texts that is checked by a pattern.
    interface OfPattern extends Extent {
        /// The letters of the pattern, as costs count them.
        long patternLength();
    }
}
