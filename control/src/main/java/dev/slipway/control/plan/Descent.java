package dev.slipway.control.plan;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.plan.Effect;
import dev.slipway.kernel.plan.Effect.Owner;
import dev.slipway.kernel.relations.Related;
import dev.slipway.kernel.relations.RelationsView;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.store.State;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/// Whose resources were that would go: what tells that they go along with their owner from that it wants them no longer.
final class Descent {
    static final KindKey NAMESPACES = KindKey.of("", "namespaces");

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

    /// What goes with its namespace or its kind is missed by whoever wants it, and not pruned.
    private Optional<Owner> owner(ResourceKey key) {
        var above =
                relations.of(key).stream()
                        .filter(one -> UPWARDS.contains(one.type()))
                        .flatMap(one -> one.key().map(owner -> owner(one, owner)).stream())
                        .min(Comparator.comparing(one -> !one.stays()));
        return above.filter(one -> !one.stays()).or(() -> place(key)).or(() -> above);
    }

    /// The namespace or the kind that goes with all that is in it.
    private Optional<Owner> place(ResourceKey key) {
        var kind = KindsView.CRDS.resource("", key.kind().groupResource());
        if (goes(kind)) {
            return Optional.of(new Owner("CustomResourceDefinition", "", kind.name(), false));
        }
        return Optional.of(key.namespace())
                .filter(name -> !name.isEmpty() && goes(NAMESPACES.resource("", name)))
                .map(name -> new Owner("Namespace", "", name, false));
    }

    private boolean goes(ResourceKey key) {
        return before.get(key).isPresent() && !stays(key);
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
