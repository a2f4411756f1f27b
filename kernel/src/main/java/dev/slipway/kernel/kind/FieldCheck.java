package dev.slipway.kernel.kind;

/// What is checked of one value.
@FunctionalInterface
interface FieldCheck {
    /// Adds what is wrong to the findings.
    ///
    /// @param path where the value lies, as findings name it
    void check(Object value, String path, Findings findings);
}
