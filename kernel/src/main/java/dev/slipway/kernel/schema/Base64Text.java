package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.MalformedException;

/// Bytes as text, held against the standard alphabet with padding.
final class Base64Text {
    private static final int GROUP = 4;

    private Base64Text() {}

    /// The text itself; refused at the byte where it goes wrong.
    static String checked(String text) {
        var place = firstWrong(text);
        if (place >= 0) {
            throw new MalformedException("illegal base64 data at input byte " + place, null);
        }
        return text;
    }

    /// Where a text stops to be base64, as Go counts; -1 where it does not.
    private static int firstWrong(String text) {
        var inGroup = 0;
        for (int i = 0; i < text.length(); i++) {
            var letter = text.charAt(i);
            if (letter == '\n' || letter == '\r') {
                continue;
            }
            if (letter == '=') {
                return padding(text, i, inGroup);
            }
            if (!isInAlphabet(letter)) {
                return i;
            }
            inGroup = (inGroup + 1) % GROUP;
        }
        return inGroup == 0 ? -1 : text.length() - inGroup;
    }

    /// One or two signs fill the last group, and nothing follows.
    private static int padding(String text, int at, int inGroup) {
        if (inGroup < 2) {
            return at;
        }
        var next = skipBreaks(text, at + 1);
        if (inGroup == 2) {
            if (next >= text.length()) {
                return text.length();
            }
            if (text.charAt(next) != '=') {
                return next;
            }
            next = skipBreaks(text, next + 1);
        }
        return next < text.length() ? next : -1;
    }

    private static int skipBreaks(String text, int at) {
        var next = at;
        while (next < text.length() && (text.charAt(next) == '\n' || text.charAt(next) == '\r')) {
            next++;
        }
        return next;
    }

    private static boolean isInAlphabet(char letter) {
        return (letter >= 'A' && letter <= 'Z')
                || (letter >= 'a' && letter <= 'z')
                || (letter >= '0' && letter <= '9')
                || letter == '+'
                || letter == '/';
    }
}
