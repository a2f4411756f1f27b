package dev.slipway.kernel.access;

/// Whether somebody may do what they wish, and why.
public sealed interface Decision {
    /// What led to it; may be empty.
    String reason();

    /// Whether they may.
    default boolean allowed() {
        return this instanceof Allowed;
    }

    /// They may.
    record Allowed(String reason) implements Decision {}

    /// They may not.
    record Refused(String reason) implements Decision {}
}
