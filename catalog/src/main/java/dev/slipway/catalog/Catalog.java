package dev.slipway.catalog;

import dev.slipway.control.Controller;
import dev.slipway.control.Feature;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.relations.RelationExtractor;
import dev.slipway.kernel.relations.RelationsView;
import dev.slipway.kernel.resources.Resources;
import java.time.Clock;
import java.util.List;

/// The catalog as a feature: Backstage's kinds, their rules, their relations, and whether these lead anywhere.
public final class Catalog implements Feature {
    private final EntityKinds kinds = EntityKinds.load();
    private final RelationsView relations;
    private final Clock clock;

    /// @param relations where [#relations()] are registered before anything is written
    public Catalog(RelationsView relations, Clock clock) {
        this.relations = relations;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "catalog";
    }

    @Override
    public List<Kind> kinds() {
        return kinds.all().stream().map(EntityKind::kind).toList();
    }

    @Override
    public List<Admitter> admitters() {
        return List.of(new EntityRules(kinds, relations));
    }

    @Override
    public List<RelationExtractor> relations() {
        return List.of(new EntityRelations(kinds));
    }

    @Override
    public List<Controller> controllers(Resources resources) {
        return List.of(new ReferencesController(kinds, relations, resources, clock));
    }
}
