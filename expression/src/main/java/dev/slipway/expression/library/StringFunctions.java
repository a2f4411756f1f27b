package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.INT;
import static dev.slipway.expression.library.Parameter.TEXT;

import com.google.common.base.Ascii;
import java.util.ArrayList;
import java.util.List;

/// Letters and parts of texts, counted by code point.
final class StringFunctions {
    /// Unicode's white space.
    private static final String SPACE =
            "\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    static final List<Function> ALL =
            List.of(
                    Function.standard("string_char_at_int", TEXT, INT, StringFunctions::charAt),
                    Function.standard("string_lower_ascii", TEXT, Ascii::toLowerCase),
                    Function.standard("string_upper_ascii", TEXT, Ascii::toUpperCase),
                    Function.standard("string_trim", TEXT, StringFunctions::trim),
                    Function.standard("strings_quote", TEXT, StringFunctions::quote),
                    Function.standard(
                            "string_substring_int",
                            TEXT,
                            INT,
                            (text, from) -> substring(text, from, size(text))),
                    Function.standard(
                            "string_substring_int_int", TEXT, INT, INT, StringFunctions::substring),
                    Function.standard(
                            "string_split_string",
                            TEXT,
                            TEXT,
                            (text, separator) -> split(text, separator, -1)),
                    Function.standard(
                            "string_split_string_int", TEXT, TEXT, INT, StringFunctions::split),
                    Function.standard(
                            "string_replace_string_string",
                            TEXT,
                            TEXT,
                            TEXT,
                            (text, part, other) -> replace(text, part, other, -1)),
                    Function.standard(
                            "string_replace_string_string_int",
                            TEXT,
                            TEXT,
                            TEXT,
                            INT,
                            StringFunctions::replace));

    private StringFunctions() {}

    private static long size(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String charAt(String text, long index) {
        long size = size(text);
        if (index < 0 || index > size) {
            throw Failures.invalid("index out of range: " + index);
        }
        return index == size ? "" : substring(text, index, index + 1);
    }

    private static String substring(String text, long from, long to) {
        if (from > to) {
            throw Failures.invalid("invalid substring range. start: " + from + ", end: " + to);
        }
        long size = size(text);
        if (from < 0 || to > size) {
            throw Failures.invalid("index out of range: " + (from < 0 ? from : to));
        }
        int start = text.offsetByCodePoints(0, (int) from);
        return text.substring(start, text.offsetByCodePoints(start, (int) (to - from)));
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && SPACE.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && SPACE.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints()
                .forEach(letter -> {
                    switch (letter) {
                        case 7 -> quoted.append("\\a");
                        case '\b' -> quoted.append("\\b");
                        case '\f' -> quoted.append("\\f");
                        case '\n' -> quoted.append("\\n");
                        case '\r' -> quoted.append("\\r");
                        case '\t' -> quoted.append("\\t");
                        case 11 -> quoted.append("\\v");
                        case '\\' -> quoted.append("\\\\");
                        case '"' -> quoted.append("\\\"");
                        default ->
                                quoted.appendCodePoint(
                                        letter >= 0xD800 && letter <= 0xDFFF ? 0xFFFD : letter);
                    }
                });
        return quoted.append('"').toString();
    }

    private static List<String> split(String text, String separator, long limit) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (limit < 0 || parts.size() < limit - 1) {
            int end = endOfPart(text, separator, start);
            if (end < 0) {
                break;
            }
            parts.add(text.substring(start, end));
            Bounds.checkParts(parts.size());
            start = end + separator.length();
        }
        boolean rest = limit != 0 && !(separator.isEmpty() && start == text.length());
        if (rest) {
            parts.add(text.substring(start));
        }
        return parts;
    }

    /// Without a separator each letter is a part.
    private static int endOfPart(String text, String separator, int start) {
        if (!separator.isEmpty()) {
            return text.indexOf(separator, start);
        }
        int end = start < text.length() ? text.offsetByCodePoints(start, 1) : text.length();
        return end < text.length() ? end : -1;
    }

    private static String replace(String text, String part, String other, long limit) {
        StringBuilder replaced = new StringBuilder();
        int start = 0;
        for (long count = 0; limit < 0 || count < limit; count++) {
            int found = found(text, part, start, count);
            if (found < 0) {
                break;
            }
            replaced.append(text, start, found).append(other);
            Bounds.checkText(replaced.length());
            start = found + part.length();
        }
        return replaced.append(text, start, text.length()).toString();
    }

    /// The empty text is found before each letter and at the end.
    private static int found(String text, String part, int start, long count) {
        if (!part.isEmpty()) {
            return text.indexOf(part, start);
        }
        if (count == 0) {
            return 0;
        }
        return start < text.length() ? text.offsetByCodePoints(start, 1) : -1;
    }
}
