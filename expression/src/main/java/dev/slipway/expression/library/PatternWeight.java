package dev.slipway.expression.library;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/// Weighs a pattern without compiling it: one for each letter, class and sign, times its repeats.
///
/// What is no pattern may get any weight: the compiler tells what is wrong.
final class PatternWeight {
    private static final Pattern REPEAT = Pattern.compile("\\{([0-9]{1,9})(,([0-9]{1,9})?)?}");

    /// What one pair of brackets holds.
    private static final class Group {
        private long weight;
        private long last;
        private long lastRepeat = 1;
        private long repeat = 1;

        void add(long weight, long repeat) {
            this.weight += weight;
            this.last = weight;
            this.lastRepeat = repeat;
            this.repeat = Math.max(this.repeat, repeat);
        }

        /// The last part stands there so often.
        void times(long count) {
            lastRepeat *= Math.max(1, count);
            repeat = Math.max(repeat, lastRepeat);
            weight += last * Math.max(0, count - 1) + 1;
            last *= Math.max(1, count);
        }
    }

    private final String pattern;
    private final Deque<Group> groups = new ArrayDeque<>();
    private int at;

    private PatternWeight(String pattern) {
        this.pattern = pattern;
        groups.push(new Group());
    }

    /// Throws [PatternSyntaxException] for a pattern beyond the bounds of [Patterns].
    static long of(String pattern) {
        return new PatternWeight(pattern).weigh();
    }

    private long weigh() {
        while (at < pattern.length()) {
            step();
            check();
        }
        while (groups.size() > 1) {
            close();
        }
        check();
        return groups.element().weight;
    }

    private void check() {
        var group = groups.element();
        if (group.repeat > Patterns.MAX_REPEAT) {
            throw new PatternSyntaxException("invalid repeat count", pattern);
        }
        if (group.weight > Patterns.MAX_WEIGHT) {
            throw new PatternSyntaxException("expression too large", pattern);
        }
        if (groups.size() > Patterns.MAX_DEPTH) {
            throw new PatternSyntaxException("expression nests too deeply", pattern);
        }
    }

    private void step() {
        switch (pattern.charAt(at)) {
            case '(' -> open();
            case ')' -> {
                at++;
                close();
            }
            case '[' -> letters();
            case '\\' -> escaped();
            case '*', '+', '?' -> {
                at++;
                groups.element().times(1);
            }
            case '{' -> repeat();
            default -> single(1);
        }
    }

    private void single(int length) {
        at += length;
        groups.element().add(1, 1);
    }

    private void open() {
        groups.push(new Group());
        at++;
    }

    private void close() {
        if (groups.size() > 1) {
            var inner = groups.pop();
            groups.element().add(inner.weight + 2, inner.repeat);
        }
    }

    /// `[]a]`, `[^]a]`, `[[:alpha:]x]`
    private void letters() {
        var end = at + 1;
        end += end < pattern.length() && pattern.charAt(end) == '^' ? 1 : 0;
        end += end < pattern.length() && pattern.charAt(end) == ']' ? 1 : 0;
        while (end < pattern.length() && pattern.charAt(end) != ']') {
            if (pattern.startsWith("[:", end)) {
                end = Math.max(end, pattern.indexOf(":]", end) + 1);
            } else if (pattern.charAt(end) == '\\') {
                end++;
            }
            end++;
        }
        single(Math.min(end + 1, pattern.length()) - at);
    }

    /// `\.`, `\pN`, `\p{Greek}`, `\x{10FFFF}`; between `\Q` and `\E` all letters are plain.
    private void escaped() {
        if (pattern.startsWith("\\Q", at)) {
            var end = pattern.indexOf("\\E", at);
            var plain = (end < 0 ? pattern.length() : end) - at - 2;
            at += plain + (end < 0 ? 2 : 4);
            groups.element().add(Math.max(1, plain), 1);
            return;
        }
        var braces = at + 2 < pattern.length() && pattern.charAt(at + 2) == '{';
        var named = braces && "pPx".indexOf(pattern.charAt(at + 1)) >= 0;
        var end = named ? pattern.indexOf('}', at) : at + 1;
        single(end < 0 ? 2 : end + 1 - at);
    }

    private void repeat() {
        var found = REPEAT.matcher(pattern).region(at, pattern.length());
        if (!found.lookingAt()) {
            single(1);
            return;
        }
        at = found.end();
        var least = Long.parseLong(found.group(1));
        var most = found.group(3) == null ? least : Long.parseLong(found.group(3));
        groups.element().times(Math.max(least, most));
    }
}
