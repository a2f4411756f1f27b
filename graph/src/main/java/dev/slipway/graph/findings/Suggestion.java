package dev.slipway.graph.findings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// Finds the word that an author may have meant.
public final class Suggestion {
    private Suggestion() {}

    /// `, did you mean "integer"?`, or nothing where no candidate is close.
    public static String of(String word, Collection<String> candidates) {
        var tolerance = Math.max(1, word.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) <= tolerance)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .map(candidate -> ", did you mean \"" + candidate + "\"?")
                .orElse("");
    }

    /// How many letters differ between two words, whatever their case.
    private static int distance(String word, String other) {
        var from = word.toLowerCase(Locale.ROOT);
        var to = other.toLowerCase(Locale.ROOT);
        var row = new int[to.length() + 1];
        for (int i = 0; i <= to.length(); i++) {
            row[i] = i;
        }
        for (int i = 1; i <= from.length(); i++) {
            row = next(row, i, from.charAt(i - 1), to);
        }
        return row[to.length()];
    }

    private static int[] next(int[] above, int index, char letter, String to) {
        var row = new int[above.length];
        row[0] = index;
        for (int i = 1; i < row.length; i++) {
            var replaced = above[i - 1] + (to.charAt(i - 1) == letter ? 0 : 1);
            row[i] = Math.min(replaced, 1 + Math.min(above[i], row[i - 1]));
        }
        return row;
    }
}
