package dev.slipway.graph.simpleschema;

import dev.slipway.kernel.model.MalformedException;
import java.util.ArrayList;
import java.util.List;

/// Reads the markers of one field; used once, by one thread.
///
/// A value is a bare word, a text in double quotes, or anything with balanced brackets. A bar where a key is expected
/// separates, so that several bars are accepted.
final class MarkerReader {
    private final String text;
    private int at;

    MarkerReader(String text) {
        this.text = text;
    }

    /// The markers in their order; throws [MalformedException] where the text is not made of markers.
    List<Marker> read() {
        var markers = new ArrayList<Marker>();
        for (skipSeparators(); at < text.length(); skipSeparators()) {
            var key = key();
            markers.add(new Marker(key, value(key)));
        }
        return markers;
    }

    private void skipSeparators() {
        while (at < text.length() && isSeparator(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isSeparator(char c) {
        return Character.isWhitespace(c) || c == '|';
    }

    private String key() {
        var start = at;
        while (at < text.length() && text.charAt(at) != '=') {
            if (Character.isWhitespace(text.charAt(at))) {
                throw malformed(
                        "\"%s\" has no value: write key=value"
                                .formatted(text.substring(start, at)));
            }
            at++;
        }
        if (at == text.length()) {
            throw malformed(
                    "\"%s\" has no value: write key=value".formatted(text.substring(start)));
        }
        if (at == start) {
            throw malformed("a value has no key: " + text.substring(start));
        }
        return text.substring(start, at++);
    }

    private String value(String key) {
        return at < text.length() && text.charAt(at) == '"' ? quoted(key) : bare(key);
    }

    private String quoted(String key) {
        var value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length() && isEscaped(text.charAt(at + 1))) {
                c = text.charAt(++at);
            }
            value.append(c);
        }
        throw malformed("the quote of %s is not closed".formatted(key));
    }

    private static boolean isEscaped(char c) {
        return c == '"' || c == '\\';
    }

    private String bare(String key) {
        var start = at;
        var depth = 0;
        for (; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == '"' && depth > 0) {
                skipText(key);
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth < 0) {
                throw malformed("%s has a closing %s that nothing opens".formatted(key, c));
            } else if (Character.isWhitespace(c) && depth == 0) {
                break;
            }
        }
        if (depth > 0) {
            throw malformed("a bracket of %s is not closed".formatted(key));
        }
        return text.substring(start, at);
    }

    /// Moves to the closing quote of a text inside brackets.
    private void skipText(String key) {
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
        }
        if (at >= text.length()) {
            throw malformed("the quote of %s is not closed".formatted(key));
        }
    }

    private static MalformedException malformed(String message) {
        return new MalformedException(message, null);
    }
}
