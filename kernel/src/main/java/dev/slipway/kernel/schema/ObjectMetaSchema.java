package dev.slipway.kernel.schema;

import java.util.LinkedHashMap;
import java.util.Map;

/// The shape of `metadata`: of every kind, and of those that declare fields of their own in it.
public final class ObjectMetaSchema {
    /// Labels and annotations by key, finalizers as a set, owners by uid, each owner as one leaf.
    public static final Schema SCHEMA = Definitions.load().schema(Definitions.OBJECT_META);

    private static final Remembered<Schema, Schema> EXTENDED =
            new Remembered<>(ObjectMetaSchema::extended);

    private ObjectMetaSchema() {}

    /// The shape of a kind's metadata: [#SCHEMA] with what the kind's schema declares besides.
    ///
    /// The schemas of CRDs may restrict name and generateName only, so that this adds nothing for them; catalog kinds
    /// add title, description, tags and links.
    public static Schema of(Schema kind) {
        var own = kind.property("metadata");
        return own == null || (own.properties().isEmpty() && !own.preserveUnknown())
                ? SCHEMA
                : EXTENDED.of(own);
    }

    private static Schema extended(Schema own) {
        if (!own.preserveUnknown()
                && SCHEMA.properties().keySet().containsAll(own.properties().keySet())) {
            return SCHEMA;
        }
        Map<String, Schema> properties = new LinkedHashMap<>(own.properties());
        properties.putAll(SCHEMA.properties());
        return new Schema(
                SCHEMA.type(),
                SCHEMA.format(),
                properties,
                SCHEMA.additionalProperties(),
                SCHEMA.items(),
                SCHEMA.required(),
                SCHEMA.enumeration(),
                SCHEMA.defaultValue(),
                SCHEMA.nullable(),
                own.preserveUnknown(),
                SCHEMA.intOrString(),
                SCHEMA.embedded(),
                SCHEMA.list(),
                SCHEMA.listMapKeys(),
                SCHEMA.atomicMap(),
                SCHEMA.patchStrategy(),
                SCHEMA.patchMergeKey(),
                SCHEMA.constrained(),
                SCHEMA.raw());
    }
}
