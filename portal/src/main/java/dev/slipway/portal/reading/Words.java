package dev.slipway.portal.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Turns names that machines read into words that people read.
public final class Words {
    private static final Pattern SEAM =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\\s_-]+");

    private Words() {}

    /// `ConfigMap` → `Config map`, `HTTPRoute` → `HTTP route`.
    public static String sentence(String name) {
        var words = words(name);
        var sentence = String.join(" ", words);
        return sentence.isEmpty()
                ? sentence
                : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /// `ConfigMap` → `config map`, `API` → `API`.
    public static String noun(String kind) {
        return String.join(" ", words(kind));
    }

    /// The plural of a kind in words, by the ending that its own plural has: `NetworkPolicy`, `networkpolicies` →
    /// `Network policies`.
    public static String titleOfMany(String kind, String plural) {
        var lower = kind.toLowerCase(Locale.ROOT);
        int same = 0;
        while (same < lower.length()
                && same < plural.length()
                && lower.charAt(same) == plural.charAt(same)) {
            same++;
        }
        boolean related = same > 0 && same >= lower.length() - 2;
        return related
                ? sentence(kind.substring(0, same)) + plural.substring(same)
                : sentence(plural);
    }

    /// At most `length` characters, the last one an ellipsis where something was cut.
    public static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1).strip() + "…";
    }

    /// At most `length` characters, the middle left out, as both ends tell.
    public static String cutMiddle(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int head = length / 2 - 1;
        return text.substring(0, head) + "…" + text.substring(text.length() - (length - head - 1));
    }

    /// `3 things`, `1 thing`, with digits in groups.
    public static String count(long number, String one, String many) {
        return "%s %s".formatted(number(number), number == 1 ? one : many);
    }

    /// `184,302`.
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static List<String> words(String name) {
        var words = new ArrayList<String>();
        for (var word : SEAM.split(name, -1)) {
            if (!word.isEmpty()) {
                words.add(isAcronym(word) ? word : word.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    private static boolean isAcronym(String word) {
        return word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
    }
}
