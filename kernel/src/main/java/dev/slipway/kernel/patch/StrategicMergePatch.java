package dev.slipway.kernel.patch;

import dev.slipway.kernel.schema.Schema;
import java.util.Map;

/// Kubernetes' merge patch that knows lists by their keys; for built-in kinds.
public final class StrategicMergePatch {
    private StrategicMergePatch() {}

    /// The object with the patch in it; throws a [dev.slipway.kernel.model.ProblemException] where the patch makes no sense.
    @SuppressWarnings("DoNotCallSuggester")
    public static Map<String, Object> apply(
            Map<String, Object> original, Map<String, Object> patch, Schema schema) {
        throw new UnsupportedOperationException();
    }
}
