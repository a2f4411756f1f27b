package dev.slipway.catalog;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.List;

/// A field of a kind's `spec` that holds references, one or a list of them.
///
/// @param field its name: `owner`
/// @param kind the kind that is meant where none is written; empty where one must be
/// @param type the relation as read from the entity that has the field: `ownedBy`
/// @param inverse the relation as read from the one that is referred to: `ownerOf`
record ReferenceField(String field, String kind, String type, String inverse) {
    /// A reference as it stands in an entity.
    ///
    /// @param path `spec.dependsOn[1]`
    record Written(ReferenceField field, String path, String text) {}

    static ReferenceField of(Object tree) {
        var object = Json.cast((java.util.Map<?, ?>) tree);
        return new ReferenceField(
                Json.string(object, "field"),
                Json.string(object, "kind"),
                Json.string(object, "type"),
                Json.string(object, "inverse"));
    }

    /// The references that an entity has in this field; what is not text is left to the schema.
    List<Written> in(Resource entity) {
        var written = new ArrayList<Written>();
        switch (entity.spec().get(field)) {
            case String text -> written.add(new Written(this, "spec." + field, text));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    if (list.get(i) instanceof String text) {
                        written.add(new Written(this, "spec.%s[%d]".formatted(field, i), text));
                    }
                }
            }
            case null, default -> {}
        }
        return written;
    }
}
