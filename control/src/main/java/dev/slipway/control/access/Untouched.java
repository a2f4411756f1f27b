package dev.slipway.control.access;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;

/// Whether a write leaves a role or binding as it is, but for what its deletion needs: whatever else changes, somebody who
/// writes it has to hold what it gives. A label alone may give all of a role's rules to others, which collect it.
final class Untouched {
    /// Of the metadata, what deletion needs and what the server counts.
    private static final List<String> ASIDE =
            List.of(
                    "ownerReferences",
                    "finalizers",
                    "managedFields",
                    "resourceVersion",
                    "generation");

    private Untouched() {}

    static boolean by(Admission admission) {
        return admission
                .old()
                .filter(old -> rest(old).equals(rest(admission.object())))
                .isPresent();
    }

    private static Map<String, Object> rest(Resource object) {
        var tree = Json.copy(object.tree());
        Json.child(tree, "metadata").keySet().removeAll(ASIDE);
        return tree;
    }
}
