package dev.slipway.graph;

import dev.slipway.control.Controller;
import dev.slipway.control.Fanout;
import dev.slipway.control.Feature;
import dev.slipway.graph.compile.CompiledGraphs;
import dev.slipway.graph.compile.DefinitionIndex;
import dev.slipway.graph.definition.DefinitionController;
import dev.slipway.graph.instance.InstanceController;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.relations.RelationExtractor;
import dev.slipway.kernel.resources.Resources;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The feature that makes golden paths of graphs: its kind, its admission, its controllers, its relations.
public final class Graphs implements Feature {
    private final Clock clock;
    private final Optional<Rbac> rbac;
    private final Fanout fanout;
    private final DefinitionIndex definitions = new DefinitionIndex();
    private final CompiledGraphs graphs;

    /// Without anybody's rights: for where all writes are the platform's own.
    public Graphs(Clock clock) {
        this(clock, Optional.empty(), Fanout.IN_TURN, new CompiledGraphs());
    }

    /// @param rbac the rights of authors and of service accounts
    /// @param fanout how the items of a collection are made
    public Graphs(Clock clock, Rbac rbac, Fanout fanout) {
        this(clock, Optional.of(rbac), fanout, new CompiledGraphs());
    }

    private Graphs(Clock clock, Optional<Rbac> rbac, Fanout fanout, CompiledGraphs graphs) {
        this.clock = clock;
        this.rbac = rbac;
        this.fanout = fanout;
        this.graphs = graphs;
    }

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(DefinitionKind.kind(), RevisionKind.kind());
    }

    @Override
    public List<Admitter> admitters() {
        return List.of(
                new GraphAdmitter(graphs, rbac.map(AuthorRights::new)),
                new DeletionAdmitter(rbac),
                new OrphanAdmitter(),
                new BirthAdmitter(definitions, graphs),
                new RevisionAdmitter(graphs, rbac));
    }

    @Override
    public List<RelationExtractor> relations() {
        return List.of(new GraphRelations());
    }

    @Override
    public List<Controller> controllers(Resources resources) {
        return controllers(resources, InstanceController.LONGEST_PAUSE);
    }

    private List<Controller> controllers(Resources resources, Duration pause) {
        return List.of(
                new DefinitionController(resources, definitions, graphs, rbac.isPresent(), clock),
                new InstanceController(resources, definitions, graphs, rbac, fanout, pause, clock));
    }

    @Override
    public Feature onOverlay() {
        return new Graphs(clock, rbac, Fanout.IN_TURN, graphs.above());
    }

    /// Both look at nothing but what is stored.
    @Override
    public List<Controller> planners(Resources resources) {
        return controllers(resources, Duration.ZERO);
    }
}
