package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.Schema;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Field ownership of creates, updates and patches other than apply: who changes a field owns it.
public final class Tracking {
    private Tracking() {}

    /// The updated object with `metadata.managedFields` as they are after this write.
    ///
    /// @param live the object as it is stored; empty when this creates it
    /// @param updated the object as it will be, defaulted; its own managedFields count where they can be read
    /// @param resetRootFields root fields that this endpoint does not write
    /// @param now becomes the time of the manager's entry if it took any field
    public static Resource updated(
            Optional<Resource> live,
            Resource updated,
            Schema schema,
            Manager manager,
            Set<String> resetRootFields,
            Instant now) {
        return updated;
    }
}
