package dev.slipway.apiserver.wire;

import java.nio.charset.StandardCharsets;

/// Tells where bytes stop to be JSON, in the words that clients of Kubernetes know.
///
/// Looks only at what was refused before. Used once, by one thread.
public final class JsonSyntax {
    private static final String END = "unexpected end of JSON input";

    /// How deep this looks into a document.
    private static final int MAX_DEPTH = 300;

    private final byte[] bytes;
    private int at;
    private int depth;

    /// The place where it goes wrong was found.
    private static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Found(String message) {
            super(message, null, false, false);
        }
    }

    private JsonSyntax(byte[] bytes) {
        this.bytes = bytes;
    }

    /// What is wrong with a document; `otherwise` where its syntax is right.
    public static String problem(byte[] document, String otherwise) {
        var syntax = new JsonSyntax(document);
        try {
            syntax.value();
            syntax.space();
            if (syntax.at < document.length) {
                throw syntax.invalid("after top-level value");
            }
            return otherwise;
        } catch (Found e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void value() {
        space();
        switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> text();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw invalid("looking for beginning of value");
        }
    }

    private void object() {
        enter();
        if (!closes('}')) {
            do {
                space();
                if (peek() != '"') {
                    throw invalid("looking for beginning of object key string");
                }
                text();
                space();
                expect(':', "after object key");
                value();
            } while (more('}', "after object key:value pair"));
        }
        depth--;
    }

    private void array() {
        enter();
        if (!closes(']')) {
            do {
                value();
            } while (more(']', "after array element"));
        }
        depth--;
    }

    private void enter() {
        at++;
        if (++depth > MAX_DEPTH) {
            throw new Found("exceeded max depth");
        }
    }

    private boolean closes(char end) {
        space();
        if (peek() != end) {
            return false;
        }
        at++;
        return true;
    }

    private boolean more(char end, String where) {
        space();
        if (peek() == end) {
            at++;
            return false;
        }
        expect(',', where);
        return true;
    }

    private void text() {
        at++;
        while (peek() != '"') {
            if (peek() < ' ') {
                throw invalid("in string literal");
            }
            if (bytes[at++] == '\\') {
                escape();
            }
        }
        at++;
    }

    private void escape() {
        if (peek() == 'u') {
            at++;
            for (int i = 0; i < 4; i++) {
                if (Character.digit(peek(), 16) < 0) {
                    throw invalid("in \\u hexadecimal character escape");
                }
                at++;
            }
        } else if ("\"\\/bfnrt".indexOf(peek()) < 0) {
            throw invalid("in string escape code");
        } else {
            at++;
        }
    }

    private void literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (peek() != word.charAt(i)) {
                throw invalid("in literal %s (expecting '%s')".formatted(word, word.charAt(i)));
            }
            at++;
        }
    }

    private void number() {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits("in numeric literal");
        }
        if (at < bytes.length && bytes[at] == '.') {
            at++;
            digits("after decimal point in numeric literal");
        }
        if (at < bytes.length && (bytes[at] | 0x20) == 'e') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits("in exponent of numeric literal");
        }
    }

    private void digits(String where) {
        if (!Character.isDigit(peek())) {
            throw invalid(where);
        }
        while (at < bytes.length && Character.isDigit(bytes[at])) {
            at++;
        }
    }

    private void space() {
        while (at < bytes.length && " \t\r\n".indexOf(bytes[at]) >= 0) {
            at++;
        }
    }

    private void expect(char wanted, String where) {
        if (peek() != wanted) {
            throw invalid(where);
        }
        at++;
    }

    /// The byte here, as a letter.
    private char peek() {
        if (at >= bytes.length) {
            throw new Found(END);
        }
        return (char) (bytes[at] & 0xff);
    }

    private Found invalid(String where) {
        return new Found("invalid character '%s' %s".formatted(shown(peek()), where));
    }

    private static String shown(char letter) {
        return switch (letter) {
            case '\'' -> "\\'";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                    (letter >= ' ' && letter < 0x7f) || (letter > 0xa0 && letter != 0xad)
                            ? String.valueOf(letter)
                            : "\\%s%0{w}x"
                                    .replace("{w}", letter < 0x80 ? "2" : "4")
                                    .formatted(letter < 0x80 ? "x" : "u", (int) letter);
        };
    }

    /// The first bytes of a document, as messages show them.
    static String excerpt(byte[] document, int most) {
        if (document.length == 0) {
            return "<empty>";
        }
        var shown = document.length > most ? java.util.Arrays.copyOf(document, most) : document;
        var text =
                document[0] == '{'
                        ? new String(shown, StandardCharsets.UTF_8)
                        : java.util.HexFormat.of().formatHex(shown);
        return document.length > most ? text + " ..." : text;
    }
}
