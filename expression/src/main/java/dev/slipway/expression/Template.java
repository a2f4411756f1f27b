package dev.slipway.expression;

import java.util.List;

/// A string of a document, read for `${…}` expressions.
///
/// The end of an expression is found by CEL's own lexical rules, so that braces inside strings, raw strings and comments
/// do not end it. A doubled dollar is no escape; `${"${X}"}` writes `${X}`. What is never closed is text.
public sealed interface Template {
    /// Reads a string; never fails, what is wrong is a [Malformed].
    static Template parse(String text) {
        return new TemplateParser(text).parse();
    }

    /// Whether text that stands for itself begins like an expression, which is never closed.
    default boolean isUnclosed() {
        return switch (this) {
            case Literal(var text) -> text.contains("${");
            case Mixed(var parts) ->
                    parts.getLast() instanceof Part.Text(var text) && text.contains("${");
            case Standalone _, Malformed _ -> false;
        };
    }

    /// No expression: the string stands for itself.
    record Literal(String text) implements Template {}

    /// Exactly one expression with nothing around it: gives a value of any type.
    ///
    /// @param offset index in the string where `source` begins
    record Standalone(String source, int offset) implements Template {}

    /// Text with expressions in between, each of which must be a string: gives a string.
    record Mixed(List<Part> parts) implements Template {
        public Mixed {
            parts = List.copyOf(parts);
        }
    }

    /// The string cannot be read: an expression is empty, or has another inside.
    record Malformed(ExpressionError error) implements Template {}

    /// A piece of a mixed template.
    sealed interface Part {
        /// Text that stands for itself.
        record Text(String text) implements Part {}

        /// An expression; `offset` is the index in the string where `source` begins.
        record Embedded(String source, int offset) implements Part {}
    }
}
