package dev.slipway.catalog;

import dev.slipway.catalog.ReferenceField.Written;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.relations.Relation;
import dev.slipway.kernel.relations.Relation.Target;
import dev.slipway.kernel.relations.RelationExtractor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the relations of entities from the reference fields of their kinds.
///
/// A kind that is written means the catalog's own of that name, else the only other one; `kind.group` names both.
final class EntityRelations implements RelationExtractor {
    private final EntityKinds kinds;

    EntityRelations(EntityKinds kinds) {
        this.kinds = kinds;
    }

    @Override
    public boolean concerns(KindKey kind) {
        return kinds.of(kind).isPresent();
    }

    @Override
    public List<Relation> relations(Resource entity) {
        return kinds.named(entity.kind()).stream()
                .flatMap(kind -> kind.written(entity).stream())
                .flatMap(written -> relation(written, entity.namespace()))
                .toList();
    }

    private Stream<Relation> relation(Written written, String namespace) {
        return parse(written, namespace).stream()
                .map(reference ->
                        new Relation(
                                written.field().type(),
                                written.field().inverse(),
                                written.path(),
                                written.text(),
                                target(reference)));
    }

    /// A reference as written in an entity of a namespace; empty where it is none.
    static Optional<EntityReference> parse(Written written, String namespace) {
        return EntityReference.parse(written.text(), written.field().kind(), namespace);
    }

    private Target target(EntityReference reference) {
        var own = kinds.named(reference.kind());
        var dot = reference.kind().indexOf('.');
        if (own.isEmpty() && dot > 0) {
            return target(
                    reference.kind().substring(dot + 1),
                    reference.kind().substring(0, dot),
                    reference);
        }
        return own.map(kind -> target(kinds.group(), kind.name(), reference))
                .orElseGet(() -> target(Target.ANY_GROUP, reference.kind(), reference));
    }

    private static Target target(String group, String kind, EntityReference reference) {
        // Namespaces have no capitals, references may.
        var namespace = reference.namespace().toLowerCase(Locale.ROOT);
        return new Target(group, kind, namespace, reference.name());
    }
}
