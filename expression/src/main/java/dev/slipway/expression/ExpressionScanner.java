package dev.slipway.expression;

/// Finds the `}` that ends an expression which begins at `start`, by CEL's lexical rules.
final class ExpressionScanner {
    /// What the scan found.
    sealed interface Scan {}

    /// The closing brace is at `end`.
    record Closed(int end) implements Scan {}

    /// At `offset` another `${` opens inside the expression.
    record Nested(int offset) implements Scan {}

    /// The text ends first.
    record Unterminated() implements Scan {}

    private static final int NOT_CLOSED = -1;

    private final String text;
    private int position;

    ExpressionScanner(String text, int start) {
        this.text = text;
        this.position = start;
    }

    Scan scan() {
        int depth = 1;
        while (position < text.length()) {
            char character = text.charAt(position);
            if (text.startsWith("${", position)) {
                return new Nested(position);
            }
            if (character == '}' && --depth == 0) {
                return new Closed(position);
            }
            if (character == '{') {
                depth++;
            }
            position = endOfToken(character);
            if (position == NOT_CLOSED) {
                return new Unterminated();
            }
        }
        return new Unterminated();
    }

    private int endOfToken(char character) {
        if (character == '"' || character == '\'') {
            return endOfString(character);
        }
        if (character == '`') {
            return after("`", position + 1);
        }
        if (text.startsWith("//", position)) {
            int newline = text.indexOf('\n', position);
            return newline < 0 ? NOT_CLOSED : newline;
        }
        return position + 1;
    }

    private int endOfString(char quote) {
        String delimiter = String.valueOf(quote);
        String triple = delimiter.repeat(3);
        if (text.startsWith(triple, position)) {
            return endOfString(triple, position + 3);
        }
        return endOfString(delimiter, position + 1);
    }

    private int endOfString(String delimiter, int from) {
        boolean raw = isRaw();
        for (int index = from; index < text.length(); index++) {
            if (text.startsWith(delimiter, index)) {
                return index + delimiter.length();
            }
            if (text.charAt(index) == '\\' && !raw) {
                index++;
            }
        }
        return NOT_CLOSED;
    }

    /// Whether an `r` that begins the string literal, perhaps beside a `b`, precedes the quote.
    private boolean isRaw() {
        int start = position;
        while (start > 0 && "rRbB".indexOf(text.charAt(start - 1)) >= 0) {
            start--;
        }
        String prefix = text.substring(start, position).toLowerCase(java.util.Locale.ROOT);
        boolean ownWord = start == 0 || !Character.isJavaIdentifierPart(text.charAt(start - 1));
        return ownWord && prefix.contains("r") && prefix.length() <= 2;
    }

    private int after(String delimiter, int from) {
        int end = text.indexOf(delimiter, from);
        return end < 0 ? NOT_CLOSED : end + delimiter.length();
    }
}
