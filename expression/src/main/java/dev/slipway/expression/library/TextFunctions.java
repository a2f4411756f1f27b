package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.INT;
import static dev.slipway.expression.library.Parameter.TEXT;
import static dev.slipway.expression.library.Parameter.TEXTS;

import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelStringExtensions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Functions on texts where the ones that come with the CEL library answer differently from everyone else's.
final class TextFunctions {
    static final List<Function> ALL =
            List.of(
                    Function.member(
                            "indexOf",
                            SimpleType.INT,
                            TEXT,
                            TEXT,
                            (text, part) -> indexOf(text, part, 0)),
                    Function.member(
                            "indexOf", SimpleType.INT, TEXT, TEXT, INT, TextFunctions::indexOf),
                    Function.member(
                            "lastIndexOf",
                            SimpleType.INT,
                            TEXT,
                            TEXT,
                            (text, part) -> points(text, text.lastIndexOf(part))),
                    Function.member(
                            "lastIndexOf",
                            SimpleType.INT,
                            TEXT,
                            TEXT,
                            INT,
                            TextFunctions::lastIndexOf),
                    Function.member("join", SimpleType.STRING, TEXTS, texts -> join(texts, "")),
                    Function.member("join", SimpleType.STRING, TEXTS, TEXT, TextFunctions::join));

    static final List<Function> REVERSAL =
            List.of(
                    Function.member(
                            "reverse",
                            SimpleType.STRING,
                            TEXT,
                            text -> new StringBuilder(text).reverse().toString()));

    /// What the CEL library offers on texts and nobody needs to replace.
    static final Set<CelStringExtensions.Function> AS_THEY_COME =
            EnumSet.complementOf(
                    EnumSet.of(
                            CelStringExtensions.Function.INDEX_OF,
                            CelStringExtensions.Function.LAST_INDEX_OF,
                            CelStringExtensions.Function.JOIN,
                            CelStringExtensions.Function.REVERSE));

    private TextFunctions() {}

    private static long indexOf(String text, String part, long from) {
        int size = text.codePointCount(0, text.length());
        if (part.isEmpty() && from >= 0) {
            return Math.min(from, size);
        }
        if (from < 0) {
            throw Failures.invalid("index out of range: " + from);
        }
        return from >= size
                ? -1
                : points(text, text.indexOf(part, text.offsetByCodePoints(0, (int) from)));
    }

    private static long lastIndexOf(String text, String part, long from) {
        int size = text.codePointCount(0, text.length());
        if (part.isEmpty() && from >= 0) {
            return Math.min(from, size);
        }
        if (from < 0) {
            throw Failures.invalid("index out of range: " + from);
        }
        return from >= size
                ? -1
                : points(text, text.lastIndexOf(part, text.offsetByCodePoints(0, (int) from)));
    }

    private static long points(String text, int index) {
        return index < 0 ? -1 : text.codePointCount(0, index);
    }

    private static String join(List<Object> texts, String separator) {
        long letters = (long) separator.length() * texts.size();
        for (Object text : texts) {
            letters += text instanceof String part ? part.length() : 0;
        }
        Bounds.checkText(letters);
        return texts.stream()
                .map(text -> {
                    if (text instanceof String part) {
                        return part;
                    }
                    throw Failures.invalid("join: not a string: " + text);
                })
                .collect(Collectors.joining(separator));
    }
}
