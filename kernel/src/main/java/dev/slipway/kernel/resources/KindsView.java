package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.CustomKinds;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.KindIndex;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Event;
import dev.slipway.kernel.store.Listing;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Precondition;
import dev.slipway.kernel.store.Scope;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Watch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The view of which kinds are served: the built-in ones, and those of the established CRDs in the store.
///
/// Caught up by whoever asks, so that a kind is there for every request after the write that established it. Safe to
/// use from any thread.
public final class KindsView implements AutoCloseable {
    /// The kind that kinds come from.
    public static final KindKey CRDS =
            KindKey.of("apiextensions.k8s.io", "customresourcedefinitions");

    private static final Logger LOG = System.getLogger(KindsView.class.getName());

    /// A kind, and the revision of the CRD that it was read from.
    private record Custom(Kind kind, long revision) {}

    private final Store store;
    private final List<Kind> builtIn = new ArrayList<>();
    private final Map<ResourceKey, Custom> custom = new TreeMap<>();

    /// By the very instances that are handed out: an equal kind may be that of an earlier CRD.
    private final IdentityHashMap<Kind, Optional<Precondition>> reliances = new IdentityHashMap<>();

    private @Nullable Watch watch;
    private volatile Kinds current;

    /// The CRDs that `current` is known to be up to date with, so that most questions need no lock.
    private volatile Listing seen = Listing.EMPTY;

    public KindsView(Store store, List<Kind> builtIn) {
        this.store = store;
        this.builtIn.addAll(builtIn);
        this.current = new KindIndex(this.builtIn, 0);
        load();
    }

    private KindsView(Store store, List<Kind> builtIn, Map<ResourceKey, Custom> known) {
        this.store = store;
        this.builtIn.addAll(builtIn);
        this.custom.putAll(known);
        this.current = new KindIndex(this.builtIn, 0);
        load();
    }

    /// A view of another store that serves the same built-in kinds; what both hold is not read again.
    public synchronized KindsView over(Store other) {
        return new KindsView(other, builtIn, custom);
    }

    /// Serves further built-in kinds.
    public synchronized void add(List<Kind> more) {
        builtIn.addAll(more);
        publish();
    }

    /// The kinds that are served now.
    public Kinds current() {
        var state = store.state();
        return state.list(CRDS).isSame(seen) ? current : caughtUp(state);
    }

    /// Watches hear of a revision a little later than the state has it: then it is not yet seen.
    private synchronized Kinds caughtUp(State state) {
        if (catchUp()) {
            publish();
        }
        if (watch != null && watch.revision() >= state.revision()) {
            seen = state.list(CRDS);
        }
        return current;
    }

    /// What a write to a custom kind relies on: the CRD that this very kind was read from; empty for a built-in kind. Where
    /// the view has moved on since the kind was handed out, what does not hold.
    Optional<Precondition> reliance(Kind kind) {
        return kind.isCustom() ? definition(kind) : Optional.empty();
    }

    private synchronized Optional<Precondition> definition(Kind kind) {
        var known = reliances.get(kind);
        return known == null ? Optional.of(Precondition.never(crd(kind))) : known;
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.close();
        }
    }

    private void load() {
        var state = store.state();
        var known = Map.copyOf(custom);
        custom.clear();
        state.list(CRDS).forEach(stored -> put(stored, known));
        watch = store.watch(new Scope.OfKind(CRDS), state.revision());
        publish();
        seen = state.list(CRDS);
    }

    /// Whether anything changed.
    private boolean catchUp() {
        try {
            var changed = false;
            for (var event = poll(); event.isPresent(); event = poll()) {
                fold(event.get());
                changed = true;
            }
            return changed;
        } catch (ProblemException e) {
            LOG.log(Level.WARNING, "kinds are read anew: {0}", e.getMessage());
            close();
            load();
            return false;
        }
    }

    private Optional<Event> poll() {
        return watch == null ? Optional.empty() : watch.poll();
    }

    private void fold(Event event) {
        if (event.operation() == Operation.DELETE) {
            custom.remove(event.object().key());
        } else {
            put(event.object());
        }
    }

    private void put(StoredObject stored, Map<ResourceKey, Custom> known) {
        var same = known.get(stored.key());
        if (same != null && same.revision() == stored.revision()) {
            custom.put(stored.key(), same);
        } else {
            put(stored);
        }
    }

    private void put(StoredObject stored) {
        var crd = stored.resource();
        if (established(crd)) {
            read(crd)
                    .ifPresent(
                            kind -> custom.put(stored.key(), new Custom(kind, stored.revision())));
        } else {
            custom.remove(stored.key());
        }
    }

    private static Optional<Kind> read(Resource crd) {
        try {
            return Optional.of(CustomKinds.of(crd));
        } catch (ProblemException | IllegalArgumentException e) {
            LOG.log(Level.ERROR, "CRD %s cannot be served".formatted(crd.name()), e);
            return Optional.empty();
        }
    }

    private static boolean established(Resource crd) {
        return dev.slipway.kernel.model.Json.list(crd.status(), "conditions").stream()
                .anyMatch(condition ->
                        condition instanceof Map<?, ?> map
                                && "Established".equals(map.get("type"))
                                && "True".equals(map.get("status")));
    }

    private static ResourceKey crd(Kind kind) {
        return CRDS.resource("", kind.key().groupResource());
    }

    private void publish() {
        var kinds = new ArrayList<>(builtIn);
        reliances.clear();
        builtIn.forEach(kind -> reliances.put(kind, Optional.empty()));
        custom.forEach((key, one) -> {
            kinds.add(one.kind());
            reliances.put(one.kind(), Optional.of(new Precondition(key, one.revision())));
        });
        current = new KindIndex(kinds, current.generation() + 1);
    }
}
