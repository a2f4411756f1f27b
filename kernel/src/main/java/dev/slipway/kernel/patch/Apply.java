package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.Schema;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Server-side apply: merges what one manager wants into an object, and keeps account of who owns which field.
public final class Apply {
    /// What came of an apply.
    public sealed interface Result {
        /// The object with the configuration in it and the new owners, not yet defaulted.
        ///
        /// @param changed whether it differs from the live object; where not, `object` is the live one itself
        record Merged(Resource object, boolean changed) implements Result {}

        /// The configuration does not fit the schema, or other managers own what it changes.
        record Refused(Problem problem) implements Result {}
    }

    private Apply() {}

    /// Applies a configuration.
    ///
    /// @param live the object as it is stored; empty when this creates it
    /// @param configuration all that the manager wants, in the version of the endpoint
    /// @param force whether fields of other managers are taken over
    /// @param resetRootFields root fields that this endpoint does not write: neither changed nor owned
    /// @param now becomes the time of the manager's entry if the object changes
    @SuppressWarnings("DoNotCallSuggester")
    public static Result apply(
            Optional<Resource> live,
            Resource configuration,
            Schema schema,
            Manager manager,
            boolean force,
            Set<String> resetRootFields,
            Instant now) {
        throw new UnsupportedOperationException();
    }
}
