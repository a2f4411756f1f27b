package dev.slipway.kernel.schema;

/// The shape of `metadata`, the same for every kind whatever its own schema says of it.
public final class ObjectMetaSchema {
    /// Labels and annotations by key, finalizers as a set, owners by uid, each owner as one leaf.
    public static final Schema SCHEMA = Definitions.load().schema(Definitions.OBJECT_META);

    private ObjectMetaSchema() {}
}
