package dev.slipway.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that somebody may have meant.
final class Suggestion {
    private Suggestion() {}

    /// A hint to append to a message: empty when no candidate is close.
    static String of(String word, Collection<String> candidates) {
        return closest(word, candidates)
                .map(candidate -> ", did you mean '" + candidate + "'?")
                .orElse("");
    }

    /// The candidate that is closest to a word, if any is close.
    static Optional<String> closest(String word, Collection<String> candidates) {
        int tolerance = Math.max(1, word.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) <= tolerance)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /// How many letters must be added, dropped, exchanged or swapped with the next; case does not count.
    private static int distance(String left, String right) {
        String from = left.toLowerCase(Locale.ROOT);
        String to = right.toLowerCase(Locale.ROOT);
        int[][] costs = new int[from.length() + 1][to.length() + 1];
        for (int row = 0; row <= from.length(); row++) {
            for (int column = 0; column <= to.length(); column++) {
                costs[row][column] = cost(costs, from, to, row, column);
            }
        }
        return costs[from.length()][to.length()];
    }

    private static int cost(int[][] costs, String from, String to, int row, int column) {
        if (row == 0 || column == 0) {
            return row + column;
        }
        int exchange = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        int best =
                Math.min(
                        costs[row - 1][column - 1] + exchange,
                        Math.min(costs[row - 1][column], costs[row][column - 1]) + 1);
        boolean swapped =
                row > 1
                        && column > 1
                        && from.charAt(row - 1) == to.charAt(column - 2)
                        && from.charAt(row - 2) == to.charAt(column - 1);
        return swapped ? Math.min(best, costs[row - 2][column - 2] + 1) : best;
    }
}
