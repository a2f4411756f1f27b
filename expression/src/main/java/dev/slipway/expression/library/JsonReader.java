package dev.slipway.expression.library;

import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one JSON text, strictly; all numbers become doubles, and the last of equal keys wins. Used once.
final class JsonReader {
    private static final int MAXIMAL_DEPTH = 200;
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private final String text;
    private int position;

    JsonReader(String text) {
        this.text = text;
    }

    Object read() {
        Object value = value(0);
        if (peek() != END) {
            throw unexpected("after the value");
        }
        return value;
    }

    private static final char END = '\0';

    /// The next character that is no white space, or [#END].
    private char peek() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        return position < text.length() ? text.charAt(position) : END;
    }

    private Object value(int depth) {
        if (depth > MAXIMAL_DEPTH) {
            throw Failures.invalid("json.unmarshal: deeper than " + MAXIMAL_DEPTH + " levels");
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", NullValue.NULL_VALUE);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        position++;
        if (peek() == '}') {
            position++;
            return object;
        }
        do {
            if (peek() != '"') {
                throw unexpected("where a key should be");
            }
            String key = string();
            expect(':');
            object.put(key, value(depth + 1));
        } while (another('}'));
        return object;
    }

    private List<Object> list(int depth) {
        List<Object> list = new ArrayList<>();
        position++;
        if (peek() == ']') {
            position++;
            return list;
        }
        do {
            list.add(value(depth + 1));
        } while (another(']'));
        return list;
    }

    /// Steps over a comma (true) or `end` (false).
    private boolean another(char end) {
        char next = peek();
        if (next != ',' && next != end) {
            throw unexpected("where a comma or '" + end + "' should be");
        }
        position++;
        return next == ',';
    }

    private void expect(char character) {
        if (peek() != character) {
            throw unexpected("where '" + character + "' should be");
        }
        position++;
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, position)) {
            throw unexpected("where a value should be");
        }
        position += word.length();
        return value;
    }

    private Double number() {
        Matcher number = NUMBER.matcher(text).region(position, text.length());
        if (!number.lookingAt()) {
            throw unexpected("where a value should be");
        }
        position = number.end();
        double value = Double.parseDouble(number.group());
        if (Double.isInfinite(value)) {
            throw Failures.invalid("json.unmarshal: number out of range: " + number.group());
        }
        return value;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        position++;
        while (position < text.length() && text.charAt(position) != '"') {
            char character = text.charAt(position);
            if (character < ' ') {
                throw unexpected("in a string");
            }
            position++;
            string.append(character == '\\' ? escaped() : character);
        }
        if (position == text.length()) {
            throw unexpected("in a string");
        }
        position++;
        return replaceLoneSurrogates(string);
    }

    private char escaped() {
        if (position < text.length() && text.charAt(position) == 'u') {
            position += 5;
            try {
                return (char) Integer.parseInt(text.substring(position - 4, position), 16);
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                position = Math.min(position, text.length());
                throw unexpected("in an escape");
            }
        }
        int known = position < text.length() ? ESCAPES.indexOf(text.charAt(position)) : -1;
        if (known < 0) {
            throw unexpected("in an escape");
        }
        position++;
        return ESCAPED.charAt(known);
    }

    private static String replaceLoneSurrogates(StringBuilder string) {
        return string.codePoints()
                .map(point ->
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                                ? 0xFFFD
                                : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private CelRuntimeException unexpected(String where) {
        String what =
                position < text.length()
                        ? "unexpected '" + text.charAt(position) + "'"
                        : "unexpected end";
        return Failures.invalid("json.unmarshal: " + what + " at " + position + " " + where);
    }
}
