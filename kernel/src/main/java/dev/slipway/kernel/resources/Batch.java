package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.kind.Redaction;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Change;
import dev.slipway.kernel.store.Precondition;
import dev.slipway.kernel.store.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Several writes on their way into one commit. For one thread, and only while it is handed out.
///
/// What is written carries revisions that are none yet.
public final class Batch {
    private final Evaluator evaluator;
    private final Kinds kinds;
    private final Function<Kind, Optional<Precondition>> reliance;
    private final WriteOptions options;
    private final List<Change> changes = new ArrayList<>();
    private final Set<ResourceKey> changed = new HashSet<>();
    private final Set<Precondition> reliesOn = new HashSet<>();
    private State state;

    Batch(
            Evaluator evaluator,
            State state,
            Kinds kinds,
            Function<Kind, Optional<Precondition>> reliance,
            WriteOptions options) {
        this.evaluator = evaluator;
        this.state = state;
        this.kinds = kinds;
        this.reliance = reliance;
        this.options = options;
    }

    /// What there would be after the writes so far.
    public State state() {
        return state;
    }

    /// The kinds that are served; those that the batch itself defines are not.
    public Kinds kinds() {
        return kinds;
    }

    /// Creates, as [Resources#create] does.
    public Written create(Served served, String namespace, Map<String, Object> body) {
        return taken(
                discretion(served, body)
                        .keep(() -> evaluator.create(situation(served), namespace, body, options)));
    }

    /// Replaces, as [Resources#update] does.
    public Written update(Served served, String namespace, String name, Map<String, Object> body) {
        var key = served.kind().key().resource(namespace, name);
        return taken(
                discretion(served, body)
                        .keep(() -> evaluator.update(situation(served), key, "", body, options)));
    }

    /// Deletes, as [Resources#delete] does.
    public Written delete(Served served, String namespace, String name, DeleteOptions deletion) {
        var key = served.kind().key().resource(namespace, name);
        return taken(evaluator.delete(situation(served), key, deletion, options));
    }

    /// Lets the commit fail, and the batch be made anew, unless this holds.
    public void relyOn(Precondition precondition) {
        if (!changed.contains(precondition.key())) {
            reliesOn.add(precondition);
        }
    }

    List<Change> changes() {
        return changes;
    }

    List<Precondition> reliesOn() {
        return List.copyOf(reliesOn);
    }

    private static Discretion discretion(Served served, Map<String, Object> body) {
        return new Discretion(Redaction.of(served.kind()), body);
    }

    private Situation situation(Served served) {
        return new Situation(state, kinds, served, reliance.apply(served.kind()));
    }

    /// What the batch itself has changed is not the store's to hold against the commit.
    private Written taken(Evaluated evaluated) {
        evaluated.reliesOn().forEach(this::relyOn);
        for (var change : evaluated.changes()) {
            changes.add(change);
            changed.add(change.key());
            state = state.with(change);
        }
        return evaluated.written();
    }
}
