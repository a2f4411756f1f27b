package dev.slipway.graph;

import dev.slipway.graph.compile.Compiled;
import dev.slipway.graph.compile.CompiledGraphs;
import dev.slipway.graph.compile.DefinitionIndex;
import dev.slipway.graph.instance.Birth;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Operation;

/// Marks instances of graphs when they are created, which spares each of them a write.
final class BirthAdmitter implements Admitter {
    private final DefinitionIndex definitions;
    private final CompiledGraphs graphs;

    BirthAdmitter(DefinitionIndex definitions, CompiledGraphs graphs) {
        this.definitions = definitions;
        this.graphs = graphs;
    }

    /// Every kind of others may be that of instances.
    @Override
    public boolean concerns(KindKey kind) {
        return kind.group().contains(".");
    }

    @Override
    public Verdict admit(Admission admission) {
        return Verdict.admitted(
                admission.operation() == Operation.CREATE
                                && admission.served().kind().rules().equals(Kind.Rules.CUSTOM)
                        ? marked(admission)
                        : admission.object());
    }

    private Resource marked(Admission admission) {
        return definitions
                .serving(admission.served().kind().key(), admission.state())
                .map(definition -> graphs.of(definition, admission.kinds()))
                .filter(Compiled.Accepted.class::isInstance)
                .map(compiled ->
                        Birth.marked(admission.object(), ((Compiled.Accepted) compiled).graph()))
                .orElse(admission.object());
    }
}
