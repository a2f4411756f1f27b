package dev.slipway.catalog;

import dev.slipway.catalog.ReferenceField.Written;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.model.Resource;
import java.util.List;

/// A kind of the catalog, and the fields by which its entities refer to others.
record EntityKind(Kind kind, List<ReferenceField> references) {
    EntityKind {
        references = List.copyOf(references);
    }

    /// The name of the kind: `Component`.
    String name() {
        return kind.names().kind();
    }

    /// Every reference of an entity, in the order of the fields.
    List<Written> written(Resource entity) {
        return references.stream().flatMap(field -> field.in(entity).stream()).toList();
    }
}
