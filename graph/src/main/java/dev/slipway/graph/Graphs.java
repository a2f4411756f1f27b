package dev.slipway.graph;

import dev.slipway.control.Feature;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.kind.Kind;
import java.util.List;

/// The feature that makes golden paths of graphs: its kind, its admission, its controllers, its relations.
public final class Graphs implements Feature {
    @Override
    public String name() {
        return "graph";
    }

    @Override
    public List<Kind> kinds() {
        return List.of(DefinitionKind.kind());
    }

    @Override
    public List<Admitter> admitters() {
        return List.of(new GraphAdmitter());
    }
}
