package dev.slipway.kernel.schema;

import dev.slipway.expression.ExpressionError;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is wrong with an expression that does not compile, in Kubernetes' form: each problem with its line and a sign
/// below the place.
public final class ExpressionProblems {
    /// How problems of the parser begin.
    private static final Pattern SYNTAX =
            Pattern.compile(
                    "(token recognition error|mismatched input|extraneous input|missing |no viable alternative)");

    private static final Pattern UNKNOWN =
            Pattern.compile("^unknown (?:identifier|function) ('[^']*')");

    private ExpressionProblems() {}

    /// All of them, one below the other.
    public static String text(List<ExpressionError> errors, String source) {
        return errors.stream()
                .map(error -> located(error, source))
                .collect(Collectors.joining("\n"));
    }

    private static String located(ExpressionError error, String source) {
        var message =
                UNKNOWN.matcher(error.message())
                        .replaceFirst("undeclared reference to $1 (in container '')");
        var syntax = SYNTAX.matcher(message).lookingAt() ? "Syntax error: " : "";
        var lines = source.lines().toList();
        var line = error.line() <= lines.size() ? lines.get(error.line() - 1) : "";
        return "ERROR: <input>:%d:%d: %s%s\n | %s\n | %s^"
                .formatted(
                        error.line(),
                        error.column(),
                        syntax,
                        message,
                        line,
                        ".".repeat(Math.max(0, error.column() - 1)));
    }
}
