package dev.slipway.graph.compile;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// English plurals of kinds, as kro forms them.
public final class Plurals {
    /// Words, also at the end of longer ones, that no rule covers.
    private static final Map<String, String> WORDS =
            Map.ofEntries(
                    Map.entry("person", "people"),
                    Map.entry("child", "children"),
                    Map.entry("mouse", "mice"),
                    Map.entry("foot", "feet"),
                    Map.entry("leaf", "leaves"),
                    Map.entry("wife", "wives"),
                    Map.entry("knife", "knives"),
                    Map.entry("quiz", "quizzes"),
                    Map.entry("hero", "heroes"),
                    Map.entry("axis", "axes"),
                    Map.entry("index", "indices"),
                    Map.entry("criterion", "criteria"),
                    Map.entry("data", "data"),
                    Map.entry("media", "media"),
                    Map.entry("series", "series"),
                    Map.entry("news", "news"),
                    Map.entry("redis", "redis"),
                    Map.entry("alias", "aliases"),
                    Map.entry("equipment", "equipment"),
                    Map.entry("information", "information"));

    private static final List<String> HISSES = List.of("ss", "sh", "ch", "x", "z", "us");

    private Plurals() {}

    /// The plural of a kind, in lower case: `policies` for `Policy`.
    public static String of(String kind) {
        var word = kind.toLowerCase(Locale.ROOT);
        return WORDS.keySet().stream()
                .filter(word::endsWith)
                .findFirst()
                .map(end -> word.substring(0, word.length() - end.length()) + WORDS.get(end))
                .orElseGet(() -> byRule(word));
    }

    private static String byRule(String word) {
        if (HISSES.stream().anyMatch(word::endsWith)) {
            return word + "es";
        }
        if (word.endsWith("sis")) {
            return word.substring(0, word.length() - 2) + "es";
        }
        if (word.endsWith("s")) {
            return word;
        }
        if (word.endsWith("y") && word.length() > 1 && !isVowel(word.charAt(word.length() - 2))) {
            return word.substring(0, word.length() - 1) + "ies";
        }
        return word + "s";
    }

    private static boolean isVowel(char c) {
        return "aeiou".indexOf(c) >= 0;
    }
}
