package dev.slipway.cli;

import dev.slipway.kernel.model.Resource;

/// One document of a file, or what is wrong with it.
sealed interface Document {
    /// Where it begins: `app.yaml:12`.
    String place();

    /// An object to send.
    record Parsed(String place, Resource object) implements Document {}

    /// Something else.
    record Unreadable(String place, String problem) implements Document {}
}
