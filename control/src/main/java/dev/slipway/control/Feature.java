package dev.slipway.control;

import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.relations.RelationExtractor;
import dev.slipway.kernel.resources.Resources;
import java.util.List;

/// What a feature brings to the platform; each feature has one public class that makes it.
public interface Feature {
    /// Its name in the configuration, where it can be switched off: `graph`.
    String name();

    /// The kinds that it serves.
    default List<Kind> kinds() {
        return List.of();
    }

    /// Its rules about writes.
    default List<Admitter> admitters() {
        return List.of();
    }

    /// How its kinds refer to other resources.
    default List<RelationExtractor> relations() {
        return List.of();
    }

    /// Its controllers, which write through `resources` only.
    default List<Controller> controllers(Resources resources) {
        return List.of();
    }

    /// The same feature for one overlay: what it remembers of one state of the world must not be taken for that of another.
    default Feature onOverlay() {
        return this;
    }

    /// Those of its controllers that may work out on an overlay what they would do: they look at nothing but `resources`,
    /// and have no effect but what they write there.
    default List<Controller> planners(Resources resources) {
        return List.of();
    }
}
