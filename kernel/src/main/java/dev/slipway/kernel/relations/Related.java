package dev.slipway.kernel.relations;

import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.relations.Relation.Target;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// One end of a relation as seen from the other.
///
/// @param direction whether the resource that was asked about states the relation, or the other one does
/// @param type the verb as read from the resource that was asked about
/// @param field the path of the field that states it, in whichever of the two does
/// @param written the reference as it was written there
/// @param target the other end, by the names of its kind where that is served
/// @param key the other end's key; empty where it does not exist
public record Related(
        Direction direction,
        String type,
        String field,
        String written,
        Target target,
        Optional<ResourceKey> key) {
    /// Which of the two resources states the relation.
    public enum Direction {
        OUT,
        IN
    }

    /// By type, then target; what the resource says itself comes first.
    static final Comparator<Related> ORDER =
            Comparator.comparing(Related::type)
                    .thenComparing(Related::reference)
                    .thenComparing(Related::direction)
                    .thenComparing(Related::field);

    public Related {
        Objects.requireNonNull(direction);
        Objects.requireNonNull(key);
    }

    /// Whether the other end exists.
    public boolean exists() {
        return key.isPresent();
    }

    /// The other end as the catalog writes references: `component:default/web`, in lower case.
    public String reference() {
        var place = target.namespace().isEmpty() ? "" : target.namespace() + "/";
        return (target.kind() + ":" + place + target.name()).toLowerCase(Locale.ROOT);
    }
}
