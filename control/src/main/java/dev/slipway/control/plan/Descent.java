package dev.slipway.control.plan;

import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.plan.Effect;
import dev.slipway.kernel.plan.Effect.Owner;
import dev.slipway.kernel.relations.Related;
import dev.slipway.kernel.relations.RelationsView;
import dev.slipway.kernel.store.State;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/// Whose resources were that would go: what tells that they go along with their owner from that it wants them no longer.
final class Descent {
    /// How a resource calls its relation to what made or owns it.
    private static final Set<String> UPWARDS = Set.of("controlledBy", "instance");

    private final RelationsView relations;
    private final State before;
    private final State after;

    /// @param before what is there
    /// @param after what would be there
    Descent(RelationsView relations, State before, State after) {
        this.relations = relations;
        this.before = before;
        this.after = after;
    }

    /// The same effect with the owner, where nobody asked for the deletion; one that stays goes before one that does not.
    Effect told(Effect effect) {
        return effect.asked() || effect.kind() != Effect.Kind.DELETED
                ? effect
                : new Effect(
                        effect.key(), effect.before(), effect.after(), false, owner(effect.key()));
    }

    private Optional<Owner> owner(ResourceKey key) {
        return relations.of(key).stream()
                .filter(one -> UPWARDS.contains(one.type()))
                .flatMap(one -> one.key().map(above -> owner(one, above)).stream())
                .min(Comparator.comparing(one -> !one.stays()));
    }

    private Owner owner(Related one, ResourceKey above) {
        var target = one.target();
        return new Owner(target.kind(), target.namespace(), target.name(), stays(above));
    }

    /// Another one of the same name is not the one that it was.
    private boolean stays(ResourceKey key) {
        var uid = before.get(key).map(one -> one.field("metadata.uid"));
        return after.get(key)
                .filter(one -> one.field("metadata.deletionTimestamp").isEmpty())
                .map(one -> one.field("metadata.uid"))
                .equals(uid);
    }
}
