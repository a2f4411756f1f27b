package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Resource;
import java.util.Optional;

/// A version of a built-in kind in which its objects have other fields than they are stored with.
sealed interface SecondView permits EventsView, AutoscalersView {
    /// A stored object as the view shows it; mutates and returns it.
    Resource shown(Resource stored);

    /// An object of the view as it is stored; mutates and returns it.
    Resource stored(Resource shown);

    /// The stored field that a field of the view stands for, as field selectors name them.
    String storedField(String shown);

    /// The view that a request asks for; empty where it asks for objects as they are.
    static Optional<SecondView> of(Served served) {
        if (served.version().storage() || !served.kind().rules().builtIn()) {
            return Optional.empty();
        }
        return switch (served.apiVersion()) {
            case "events.k8s.io/v1" -> Optional.of(new EventsView());
            case "autoscaling/v1" -> Optional.of(new AutoscalersView());
            default -> Optional.empty();
        };
    }
}
