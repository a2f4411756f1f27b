package dev.slipway.kernel.store;

/// Whether the content of a revision is kept from whoever reads the disk.
public enum Seal {
    /// Stored as it is.
    OPEN,
    /// Stored under a key of its resource.
    SEALED,
    /// Was sealed, and the key went with the resource, or is damaged: only its names can be told.
    SHREDDED
}
