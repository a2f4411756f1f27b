package dev.slipway.kernel.resources;

/// What happens to fields that a schema does not know (`fieldValidation`).
public enum Strictness {
    /// Dropped in silence.
    IGNORE,
    /// Dropped with a warning each.
    WARN,
    /// The write is refused.
    STRICT
}
