package dev.slipway.kernel.relations;

import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.relations.Related.Direction;
import dev.slipway.kernel.relations.Relation.Target;
import dev.slipway.kernel.store.Event;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Scope;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Watch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The relations of everything in a store, in memory: made of the state at the first question, kept up by the log.
///
/// Has no thread of its own: each question first reads what the log has since. Safe to use from any thread.
public final class Relations implements RelationsView, AutoCloseable {
    private static final Logger LOG = System.getLogger(Relations.class.getName());

    private final Store store;
    private final Supplier<Kinds> kinds;
    private final List<RelationExtractor> extractors = new CopyOnWriteArrayList<>();
    private final OwnerRelations owners = new OwnerRelations();
    private final Edges edges = new Edges();
    private @Nullable Watch watch;
    private @Nullable Places places;

    /// @param kinds the kinds that are served now
    public Relations(Store store, Supplier<Kinds> kinds) {
        this.store = store;
        this.kinds = kinds;
    }

    /// Adds extractors; before the first question.
    public void register(List<RelationExtractor> more) {
        extractors.addAll(more);
    }

    @Override
    public synchronized List<Related> of(ResourceKey key) {
        var now = caughtUp();
        var state = store.state();
        var related = new ArrayList<Related>();
        for (var relation : edges.outgoing(key)) {
            related.add(outgoing(relation, now, state));
        }
        for (var source : candidates(key, now)) {
            edges.outgoing(source).stream()
                    .filter(relation -> pointsTo(relation, key, now, state))
                    .map(relation -> incoming(relation, source, now))
                    .forEach(related::add);
        }
        return once(related);
    }

    @Override
    public synchronized List<Related> dangling(ResourceKey key) {
        var now = caughtUp();
        var state = store.state();
        var dangling = new ArrayList<Related>();
        for (var relation : edges.outgoing(key)) {
            if (existing(relation.target(), now, state).isEmpty()) {
                dangling.add(outgoing(relation, now, state));
            }
        }
        return once(dangling);
    }

    @Override
    public synchronized Set<ResourceKey> sources(ResourceKey key) {
        var now = caughtUp();
        var state = store.state();
        return candidates(key, now).stream()
                .filter(source ->
                        edges.outgoing(source).stream()
                                .anyMatch(relation -> pointsTo(relation, key, now, state)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public synchronized Optional<ResourceKey> twin(ResourceKey key) {
        caughtUp();
        var folded = Edges.folded(key);
        if (!folded.equals(key) && store.state().get(folded).isPresent()) {
            return Optional.of(folded);
        }
        return edges.capitals(key).stream().filter(other -> !other.equals(key)).findFirst();
    }

    @Override
    public synchronized long revision() {
        return watch == null ? 0 : watch.revision();
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.close();
        }
    }

    // ---- reading

    /// Who may refer to a key, by name alone.
    private Set<ResourceKey> candidates(ResourceKey key, Places now) {
        var candidates = new LinkedHashSet<ResourceKey>();
        now.targets(key).forEach(target -> candidates.addAll(edges.candidates(target)));
        return candidates;
    }

    private Related outgoing(Relation relation, Places now, State state) {
        return new Related(
                Direction.OUT,
                relation.type(),
                relation.field(),
                relation.written(),
                now.canonical(relation.target()),
                existing(relation.target(), now, state));
    }

    private Related incoming(Relation relation, ResourceKey source, Places now) {
        return new Related(
                Direction.IN,
                relation.inverse(),
                relation.field(),
                relation.written(),
                now.target(source),
                Optional.of(source));
    }

    /// The resource that a target means: of exactly that name, else of one that differs by case only.
    private Optional<ResourceKey> existing(Target target, Places now, State state) {
        return now.key(target)
                .flatMap(key -> state.get(key).isPresent() ? Optional.of(key) : folded(key, state));
    }

    private Optional<ResourceKey> folded(ResourceKey key, State state) {
        var folded = Edges.folded(key);
        return state.get(folded).isPresent()
                ? Optional.of(folded)
                : edges.capitals(key).stream().findFirst();
    }

    /// Whether a relation means this key: the resource that exists, or the one that would.
    private boolean pointsTo(Relation relation, ResourceKey key, Places now, State state) {
        var meant = now.key(relation.target());
        return meant.isPresent()
                && Edges.folded(meant.get()).equals(Edges.folded(key))
                && existing(relation.target(), now, state).map(key::equals).orElse(true);
    }

    /// An edge that both of its ends state is one edge, told as the resource itself says it.
    private static List<Related> once(List<Related> related) {
        record Edge(String type, String reference, String group) {}

        var seen = new HashSet<Edge>();
        return related.stream()
                .sorted(Related.ORDER)
                .filter(one ->
                        seen.add(new Edge(one.type(), one.reference(), one.target().group())))
                .toList();
    }

    // ---- keeping up

    private Places caughtUp() {
        var current = kinds.get();
        var now = places;
        if (now == null || now.kinds().generation() != current.generation()) {
            now = new Places(current);
            places = now;
        }
        try {
            follow();
        } catch (ProblemException e) {
            if (e.problem().reason() != Problem.Reason.EXPIRED) {
                throw e;
            }
            rebuild();
        }
        return now;
    }

    private void follow() {
        if (watch == null) {
            rebuild();
            return;
        }
        for (var event = watch.poll(); event.isPresent(); event = watch.poll()) {
            fold(event.get());
        }
    }

    private void rebuild() {
        close();
        edges.clear();
        var state = store.state();
        watch = store.watch(new Scope.Everything(), state.revision());
        for (var kind : state.kinds()) {
            state.list(kind).forEach(this::put);
        }
    }

    private void fold(Event event) {
        if (event.operation() == Operation.DELETE) {
            edges.remove(event.object().key());
        } else {
            put(event.object());
        }
    }

    private void put(StoredObject object) {
        edges.put(object.key(), relations(object));
    }

    private List<Relation> relations(StoredObject object) {
        var concerned =
                extractors.stream().filter(one -> one.concerns(object.key().kind())).toList();
        var owned = OwnerRelations.mayHaveOwners(object.body());
        if (concerned.isEmpty() && !owned) {
            return List.of();
        }
        var resource = object.resource();
        var relations = new ArrayList<Relation>();
        if (owned) {
            relations.addAll(owners.relations(resource));
        }
        concerned.forEach(one -> relations.addAll(stated(one, resource)));
        return relations;
    }

    /// An extractor that fails costs its own relations of one resource.
    private static List<Relation> stated(RelationExtractor extractor, Resource resource) {
        try {
            return extractor.relations(resource);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "no relations of %s %s".formatted(resource.kind(), resource.name()),
                    e);
            return List.of();
        }
    }
}
