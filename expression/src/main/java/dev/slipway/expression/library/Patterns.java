package dev.slipway.expression.library;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Compiles patterns of RE2 within bounds. Safe to use from any thread.
///
/// The library writes repeats out: a few letters such as `((a{0,1000}){0,1000}){0,1000}` would fill the memory, and deep
/// brackets the stack. So each pattern is weighed before it is compiled.
public final class Patterns {
    /// How heavy a pattern may be.
    public static final long MAX_WEIGHT = 20_000;

    /// How often something may be repeated, repeats within repeats multiplied, as in Go.
    static final long MAX_REPEAT = 1000;

    /// How deep brackets may nest.
    static final int MAX_DEPTH = 250;

    /// Heavier patterns are not kept.
    private static final long KEPT_WEIGHT = 1000;

    /// How many are kept; one more forgets them all.
    private static final int MAX_KEPT = 1000;

    private static final Map<String, Pattern> KEPT = new ConcurrentHashMap<>();

    private Patterns() {}

    /// Throws [PatternSyntaxException] for what is no pattern, and for one that is too heavy.
    public static Pattern compile(String pattern) {
        var kept = KEPT.get(pattern);
        if (kept != null) {
            return kept;
        }
        var weight = PatternWeight.of(pattern);
        var compiled = Pattern.compile(pattern);
        if (weight <= KEPT_WEIGHT) {
            if (KEPT.size() >= MAX_KEPT) {
                KEPT.clear();
            }
            KEPT.put(pattern, compiled);
        }
        return compiled;
    }

    /// How many steps a letter of a text costs at most; more than [#MAX_WEIGHT] for a pattern that is not compiled.
    public static long weight(String pattern) {
        try {
            return PatternWeight.of(pattern);
        } catch (PatternSyntaxException e) {
            return MAX_WEIGHT + 1;
        }
    }
}
