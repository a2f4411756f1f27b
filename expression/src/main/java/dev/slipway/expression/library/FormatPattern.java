package dev.slipway.expression.library;

import java.util.ArrayList;
import java.util.List;

/// The first argument of `format`, taken apart into texts and clauses such as `%.2f`.
record FormatPattern(List<Piece> pieces) {
    /// The most digits after the point that a clause may ask for.
    static final int MAXIMAL_PRECISION = 100;

    /// A part of the pattern.
    sealed interface Piece {}

    /// Text that stands for itself.
    record Text(String text) implements Piece {}

    /// A place for an argument; the precision counts for `f` and `e` only.
    record Clause(char verb, int precision) implements Piece {}

    private static final int DEFAULT_PRECISION = 6;
    private static final String VERBS = "sdfeboxX";

    FormatPattern {
        pieces = List.copyOf(pieces);
    }

    /// How many arguments the pattern takes.
    long size() {
        return pieces.stream().filter(Clause.class::isInstance).count();
    }

    /// Reads a pattern; throws when a clause is not understood.
    static FormatPattern of(String pattern) {
        List<Piece> pieces = new ArrayList<>();
        int position = 0;
        for (int percent = pattern.indexOf('%');
                percent >= 0;
                percent = pattern.indexOf('%', position)) {
            pieces.add(new Text(pattern.substring(position, percent)));
            position = percent + 1;
            if (pattern.startsWith("%", position)) {
                pieces.add(new Text("%"));
                position++;
                continue;
            }
            int end = endOfPrecision(pattern, position);
            pieces.add(clause(pattern, position, end));
            position = end + 1;
        }
        pieces.add(new Text(pattern.substring(position)));
        return new FormatPattern(pieces);
    }

    private static int endOfPrecision(String pattern, int position) {
        int end = position;
        if (pattern.startsWith(".", end)) {
            end++;
            while (end < pattern.length() && Character.isDigit(pattern.charAt(end))) {
                end++;
            }
        }
        return end;
    }

    private static Clause clause(String pattern, int start, int end) {
        boolean known = end < pattern.length() && VERBS.indexOf(pattern.charAt(end)) >= 0;
        if (!known || end == start + 1) {
            int stop = Math.min(end + 1, pattern.length());
            throw Failures.invalid(
                    "format: unrecognized formatting clause \"%"
                            + pattern.substring(start, stop)
                            + "\"");
        }
        return new Clause(pattern.charAt(end), precision(pattern, start, end));
    }

    private static int precision(String pattern, int start, int end) {
        if (end == start) {
            return DEFAULT_PRECISION;
        }
        String digits = pattern.substring(start + 1, end);
        int precision = digits.length() > 3 ? Integer.MAX_VALUE : Integer.parseInt(digits);
        if (precision > MAXIMAL_PRECISION) {
            throw Failures.invalid(
                    "format: precision " + digits + " is above the limit of " + MAXIMAL_PRECISION);
        }
        return precision;
    }
}
