package dev.slipway.expression.library;

import java.util.Comparator;

/// The order of texts in CEL: by code point, unlike Java's, which is by UTF-16 unit.
final class TextOrder {
    static final Comparator<String> BY_CODE_POINT = TextOrder::compare;

    private TextOrder() {}

    private static int compare(String left, String right) {
        int index = 0;
        int shorter = Math.min(left.length(), right.length());
        while (index < shorter && left.charAt(index) == right.charAt(index)) {
            index++;
        }
        if (index == shorter) {
            return Integer.compare(left.length(), right.length());
        }
        boolean insidePair = index > 0 && Character.isHighSurrogate(left.charAt(index - 1));
        int start = insidePair ? index - 1 : index;
        return Integer.compare(left.codePointAt(start), right.codePointAt(start));
    }
}
