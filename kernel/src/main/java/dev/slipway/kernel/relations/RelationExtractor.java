package dev.slipway.kernel.relations;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import java.util.List;

/// Reads the relations that a resource states; features register one for their kinds. Pure.
public interface RelationExtractor {
    boolean concerns(KindKey kind);

    List<Relation> relations(Resource resource);
}
