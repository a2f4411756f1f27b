package dev.slipway.kernel.admission;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Precondition;
import java.util.List;

/// What an admitter says of a write.
public sealed interface Verdict {
    /// It may be stored, as `object` is now.
    ///
    /// @param warnings sentences that the client shows to its user
    /// @param reliesOn what the decision read; checked again when the write is committed
    record Admitted(Resource object, List<String> warnings, List<Precondition> reliesOn)
            implements Verdict {
        public Admitted {
            warnings = List.copyOf(warnings);
            reliesOn = List.copyOf(reliesOn);
        }
    }

    /// Fields break rules: all of them, with their paths.
    ///
    /// @param warnings sent with the refusal, as a hint
    record Invalid(List<FieldCause> causes, List<String> warnings) implements Verdict {
        public Invalid {
            causes = List.copyOf(causes);
            warnings = List.copyOf(warnings);
        }
    }

    /// It may not be stored for a reason that is not a field's.
    record Refused(Problem problem) implements Verdict {}

    static Verdict admitted(Resource object) {
        return new Admitted(object, List.of(), List.of());
    }

    /// Admitted when there are no causes.
    static Verdict of(Resource object, List<FieldCause> causes) {
        return causes.isEmpty() ? admitted(object) : new Invalid(causes, List.of());
    }
}
