package dev.slipway.expression;

import org.jspecify.annotations.Nullable;

/// What came of evaluating an expression; the caller looks at each case.
public sealed interface Value {
    /// A result as a plain tree: durations are text such as `1h30m0s`, timestamps RFC 3339 text.
    record Known(@Nullable Object tree) implements Value {}

    /// Data that the expression needs are not there, and may yet come.
    ///
    /// @param path what is missing, as far as it is known: `deployment.status.availableReplicas`
    /// @param reason a sentence for people
    record Missing(String path, String reason) implements Value {}

    /// The expression cannot succeed with these data, and waiting will not help.
    record Failed(String message) implements Value {}
}
