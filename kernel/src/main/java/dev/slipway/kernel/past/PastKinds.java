package dev.slipway.kernel.past;

import dev.slipway.kernel.kind.CustomKinds;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.store.Store;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;

/// The kinds that the past's resources are of: those that are served, and those that were, by their last definition.
///
/// Thread-safe.
final class PastKinds {
    private static final Logger LOG = System.getLogger(PastKinds.class.getName());

    private final Store store;
    private final Supplier<Kinds> current;

    PastKinds(Store store, Supplier<Kinds> current) {
        this.store = store;
        this.current = current;
    }

    /// The kind behind `/apis/GROUP/VERSION/PLURAL`, now or before.
    Optional<Served> served(String group, String version, String plural) {
        return current.get()
                .byPlural(group, version, plural)
                .or(() ->
                        defined(KindKey.of(group, plural)).flatMap(kind -> served(kind, version)));
    }

    private static Optional<Served> served(Kind kind, String version) {
        return kind.version(version).map(found -> new Served(kind, found, kind.names()));
    }

    /// By the last that the log tells of the definition.
    private Optional<Kind> defined(KindKey key) {
        if (key.group().isEmpty()) {
            return Optional.empty();
        }
        var crd = KindsView.CRDS.resource("", key.groupResource());
        return store.history(crd, 1).stream()
                .findFirst()
                .flatMap(revision -> {
                    try {
                        return Optional.of(CustomKinds.of(revision.object().resource()));
                    } catch (ProblemException | IllegalArgumentException e) {
                        LOG.log(Level.WARNING, "the last definition of %s".formatted(key), e);
                        return Optional.empty();
                    }
                });
    }
}
