package dev.slipway.graph.instance;

import dev.slipway.kernel.model.Resource;

/// What came of making one resource.
sealed interface Made {
    /// It is as it shall be.
    record There(Resource resource) implements Made {}

    /// It is one of others, and not there.
    record Missing(String message) implements Made {}

    /// It is being deleted and is made anew afterwards.
    record Going(String message) implements Made {}

    /// It may not be made or touched.
    record Refused(String message) implements Made {}
}
