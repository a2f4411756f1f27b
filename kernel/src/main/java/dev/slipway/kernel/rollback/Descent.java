package dev.slipway.kernel.rollback;

import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.store.StoredObject;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The order in which some objects can be made one after another: places and definitions, owners, what they own.
final class Descent {
    /// How many generations are told apart.
    private static final int MAX_DEPTH = 32;

    private final Map<String, List<String>> owners = new HashMap<>();

    private Descent(Collection<StoredObject> objects) {
        objects.forEach(object -> owners.put(uid(object), object.owners()));
    }

    static Comparator<StoredObject> of(Collection<StoredObject> objects) {
        var descent = new Descent(objects);
        return Comparator.comparingInt(Descent::rank)
                .thenComparingInt(object -> descent.depth(uid(object), 0))
                .thenComparing(object -> object.field("metadata.creationTimestamp"))
                .thenComparingLong(StoredObject::revision);
    }

    private static int rank(StoredObject object) {
        var kind = object.key().kind();
        return kind.equals(Dependencies.NAMESPACES) ? 0 : kind.equals(KindsView.CRDS) ? 1 : 2;
    }

    /// How many generations of owners are among the objects.
    private int depth(String uid, int generation) {
        return generation >= MAX_DEPTH
                ? generation
                : owners.getOrDefault(uid, List.of()).stream()
                        .filter(owners::containsKey)
                        .mapToInt(owner -> depth(owner, generation + 1))
                        .max()
                        .orElse(generation);
    }

    private static String uid(StoredObject object) {
        return object.field("metadata.uid");
    }
}
