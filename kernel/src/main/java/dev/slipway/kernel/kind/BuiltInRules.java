package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Optional;

/// The rules of built-in kinds that no schema says: which values belong together, and what may not change.
public final class BuiltInRules {
    private BuiltInRules() {}

    /// All that is wrong with an object after its schema was found to hold; nothing for kinds without such rules.
    ///
    /// @param old what it replaces
    public static List<FieldCause> check(Resource object, Kind kind, Optional<Resource> old) {
        return List.of();
    }
}
