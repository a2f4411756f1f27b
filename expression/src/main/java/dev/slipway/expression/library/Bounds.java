package dev.slipway.expression.library;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How large values may become, so that few words cannot fill the memory: texts that are made of texts double, and lists
/// that hold one list twice are twice as long when they are written out.
public final class Bounds {
    /// How long a text may be that is made, in letters.
    public static final int TEXT = 2 * 1024 * 1024;

    /// How many letters and members a value may have in all that is looked through, compared or written out.
    public static final int VALUE = 4 * 1024 * 1024;

    /// How many parts a text may be divided into.
    public static final int PARTS = 200_000;

    private Bounds() {}

    /// The letters and members of a value, also those that it holds several times; more than [#VALUE] where they are too
    /// many, without going on then.
    public static long size(@Nullable Object value) {
        return size(value, 0);
    }

    private static long size(@Nullable Object value, long before) {
        long all = before + 1;
        switch (value) {
            case String text -> all += text.length();
            case Optional<?> optional -> all = size(optional.orElse(null), all);
            case Collection<?> list -> {
                var elements = list.iterator();
                while (all <= VALUE && elements.hasNext()) {
                    all = size(elements.next(), all);
                }
            }
            case Map<?, ?> map -> {
                var members = map.entrySet().iterator();
                while (all <= VALUE && members.hasNext()) {
                    var member = members.next();
                    all = size(member.getValue(), size(member.getKey(), all));
                }
            }
            case null, default -> {}
        }
        return all;
    }

    static void checkText(long letters) {
        if (letters > TEXT) {
            throw Failures.invalid("makes a text of more than %d letters".formatted(TEXT));
        }
    }

    static void checkParts(int parts) {
        if (parts > PARTS) {
            throw Failures.invalid("divides a text into more than %d parts".formatted(PARTS));
        }
    }
}
