package dev.slipway.kernel.model;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// A scalar as it is written in a file beside the value that it has: which character of the one is which of the other.
///
/// Knows folded lines, escapes and doubled quotes. Used once, by one thread; all indexes count characters.
final class ScalarText {
    private final int[] source;
    private final int[] value;
    private final ScalarStyle style;
    private int at;
    private int read;

    /// @param start where the scalar begins in the source
    ScalarText(int[] source, int start, ScalarNode scalar) {
        this.source = source;
        this.value = scalar.getValue().codePoints().toArray();
        this.style = scalar.getScalarStyle();
        this.at = start;
    }

    /// Where in the source a character of the value stands.
    int find(int index) {
        switch (style) {
            case SINGLE_QUOTED, DOUBLE_QUOTED -> at++;
            case FOLDED -> skipLine();
            case PLAIN, LITERAL, JSON_SCALAR_STYLE -> {}
        }
        var indent = style == ScalarStyle.FOLDED ? indent() : 0;
        at += indent;
        while (read < index && at < source.length) {
            step(indent);
        }
        return Math.min(at, source.length);
    }

    private void step(int indent) {
        if (style == ScalarStyle.FOLDED) {
            folded(indent);
        } else if (style == ScalarStyle.DOUBLE_QUOTED && source[at] == '\\') {
            escape();
        } else if (breaks() > 0) {
            fold();
        } else {
            at += style == ScalarStyle.SINGLE_QUOTED && source[at] == '\'' ? 2 : 1;
            read++;
        }
    }

    // ---- flow scalars

    /// The escaped end of a line is nothing, like the spaces that begin the next one.
    private void escape() {
        var letter = at + 1 < source.length ? source[at + 1] : ' ';
        at += 2;
        if (letter == '\n' || letter == '\r') {
            while (isBlank(at)) {
                at++;
            }
            return;
        }
        at += letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
        read++;
    }

    /// How many lines end before the next letter.
    private int breaks() {
        var count = 0;
        for (int i = at; isBlank(i); i++) {
            count += source[i] == '\n' ? 1 : 0;
        }
        return count;
    }

    /// One end of a line is a space, each further one a line.
    private void fold() {
        read += Math.max(1, breaks() - 1);
        while (isBlank(at)) {
            at++;
        }
    }

    private boolean isBlank(int index) {
        return index < source.length && Character.isWhitespace(source[index]);
    }

    // ---- folded blocks

    private void skipLine() {
        while (at < source.length && source[at] != '\n') {
            at++;
        }
        at++;
    }

    /// How far the lines of the block are indented: by what the first one has more than in the value.
    private int indent() {
        var first = at;
        while (isBlank(first)) {
            first++;
        }
        var lineStart = first;
        while (lineStart > at && source[lineStart - 1] != '\n') {
            lineStart--;
        }
        var own = 0;
        var skipped = 0;
        while (skipped < value.length && Character.isWhitespace(value[skipped])) {
            own = value[skipped] == '\n' ? 0 : own + 1;
            skipped++;
        }
        return first - lineStart - own;
    }

    private void folded(int indent) {
        if (source[at] != '\n') {
            at++;
            read++;
            return;
        }
        while (at < source.length && source[at] == '\n') {
            at++;
            var spaces = 0;
            while (spaces < indent && at < source.length && source[at] == ' ') {
                at++;
                spaces++;
            }
        }
        read++;
        while (value[read - 1] == '\n' && read < value.length && value[read] == '\n') {
            read++;
        }
    }
}
