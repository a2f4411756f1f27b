package dev.slipway.control.plan;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.plan.Effect;
import dev.slipway.kernel.relations.Related;
import dev.slipway.kernel.relations.RelationsView;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is being deleted already and holds up what a plan would delete: nobody writes it, so no effect tells of it.
final class Lingering {
    /// How many of them are told.
    static final int MAX = 1_000;

    /// How a resource calls its relation to what it made or owns.
    private static final Set<String> DOWNWARDS = Set.of("controls", "node");

    private final RelationsView relations;
    private final State before;
    private final State after;

    /// @param before what is there
    /// @param after what would be there
    Lingering(RelationsView relations, State before, State after) {
        this.relations = relations;
        this.before = before;
        this.after = after;
    }

    /// As effects that change nothing: below each that waits, and below these in turn.
    List<Effect> below(List<Effect> effects) {
        var seen = effects.stream().map(Effect::key).collect(Collectors.toSet());
        var found = new LinkedHashSet<ResourceKey>();
        var next = new ArrayDeque<ResourceKey>();
        effects.stream().filter(Effect::isGoing).map(Effect::key).forEach(next::add);
        while (!next.isEmpty() && found.size() < MAX) {
            below(next.remove())
                    .filter(this::lingers)
                    .filter(seen::add)
                    .limit(MAX - found.size())
                    .forEach(key -> {
                        found.add(key);
                        next.add(key);
                    });
        }
        return found.stream().map(this::effect).toList();
    }

    private Stream<ResourceKey> below(ResourceKey key) {
        if (key.kind().equals(Descent.NAMESPACES)) {
            return kinds(_ -> true)
                    .flatMap(kind -> after.list(kind, key.name()).stream())
                    .map(StoredObject::key);
        }
        if (key.kind().equals(KindsView.CRDS)) {
            return kinds(key.name()::equals)
                    .flatMap(kind -> after.list(kind).stream())
                    .map(StoredObject::key);
        }
        return relations.of(key).stream()
                .filter(one -> DOWNWARDS.contains(one.type()))
                .map(Related::key)
                .flatMap(Optional::stream);
    }

    private Stream<KindKey> kinds(Predicate<String> called) {
        return after.kinds().stream()
                .filter(kind -> kind.cluster().isEmpty() && called.test(kind.groupResource()));
    }

    private boolean lingers(ResourceKey key) {
        return effect(key).kind() == Effect.Kind.TERMINATING;
    }

    private Effect effect(ResourceKey key) {
        return new Effect(key, before.get(key), after.get(key), false, Optional.empty());
    }
}
