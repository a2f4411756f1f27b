package dev.slipway.kernel.store;

/// What a revision did to its resource.
public enum Operation {
    CREATE,
    UPDATE,
    DELETE
}
